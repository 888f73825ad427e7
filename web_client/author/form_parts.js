// Which fields the form has, and how a value of the text is shown in one and read from it. Pure but for the elements.

import { foldable, h } from "../app/dom.js";
import { section } from "../app/parts.js";

/** @typedef {import("../types/author.js").Change} Change */
/**
 * @typedef {{key: string, label: string, hint?: string, lines?: number, choices?: readonly string[],
 *   show: (value: unknown) => string, read: (shown: string) => unknown}} FormField
 * @typedef {{fieldOf: (field: FormField) => HTMLElement, deed: (text: string, wish: Change, more?: string) => HTMLElement, open: Set<string | null>}} Maker
 */

const KINDS = ["cue", "concern", "challenge", "behaviour", "disclosure", "question"];
const DOORS = ["volunteered", "if_asked_open", "if_asked_direct", "if_trust", "never_verbal"];

/** @param {unknown} value */
const asText = (value) => (typeof value === "string" ? value : "");
/** Nothing typed takes the field out of the text. @param {string} shown */
const textOrNone = (shown) => (shown.trim() ? shown.trim().replace(/\s*\n\s*/g, " ") : null);
/** @param {unknown} value */
const asLines = (value) => (Array.isArray(value) ? value.filter((each) => typeof each === "string").join("\n") : "");
/** @param {string} shown */
export const linesOrNone = (shown) => {
  const found = shown.split("\n").map((each) => each.trim()).filter(Boolean);
  return found.length ? found : null;
};

/** @param {string} key @param {string} label @param {Partial<FormField>} [more] @returns {FormField} */
const words = (key, label, more = {}) => ({ key, label, show: asText, read: textOrNone, ...more });
/** A field that must stay. @param {string} key @param {string} label @param {Partial<FormField>} [more] */
const needed = (key, label, more = {}) => words(key, label, { read: (shown) => shown.trim().replace(/\s*\n\s*/g, " "), ...more });
/** @param {string} key @param {string} label @param {string} [hint] @returns {FormField} */
const lines = (key, label, hint = "One to a line.") => ({ key, label, hint, lines: 4, show: asLines, read: linesOrNone });

/**
 * What must be the same for the fields on the page to be good still.
 * @param {any} form
 */
export function shapeOf(form) {
  const ids = (/** @type {any} */ list) => listOf(list).map((each) => each?.id ?? "");
  return JSON.stringify([ids(form.education?.learning_objectives), ids(form.cast), ids(form.facts), ids(form.beats), listOf(form.beats).map((each) => Boolean(each?.deliver?.verbatim))]);
}

/** @param {any} found @returns {any[]} */
function listOf(found) {
  return Array.isArray(found) ? found : [];
}

/** The whole form. @param {any} form @param {Maker} maker @returns {HTMLElement[]} */
export function partsOf(form, maker) {
  const { fieldOf } = maker;
  const all = (/** @type {FormField[]} */ fields) => fields.map(fieldOf);
  return [
    section("What it is", ...all([needed("title", "Title"), needed("summary", "Summary", { hint: "One sentence for the list of cases. Learners read it.", lines: 2 }), needed("case_id", "Id", { hint: "Its name in addresses and lists: small letters, digits and hyphens. Each case has one of its own. Once a version is published, keep it: under another id it is another case, and the old one is retired." }), needed("case_version", "Version", { hint: "Higher with every version that is published, e.g. 1.2.0." })])),
    section("Before they go in", ...all([needed("prebrief.door_note", "Door note", { lines: 3 }), words("prebrief.task", "Task", { lines: 2 })])),
    section("Who is in the room", ...listOf(form.cast).map((each, at) => member(each, at, maker))),
    section("What it teaches", ...objectives(form, maker)),
    section("What they know", ...listOf(form.facts).map((each, at) => fact(each, at, maker)), maker.deed("Add a fact", { key: "facts", do: "add", value: newFact(form) })),
    section("Hidden moments (beats)", ...listOf(form.beats).map((each, at) => beat(each, at, form, maker)), maker.deed("Add a beat", { key: "beats", do: "add", value: newBeat(form) })),
    section("How it may end", ...all([needed("ending.success", "Success", { lines: 3 }), words("ending.good_enough", "Good enough", { lines: 3 })])),
  ];
}

/** @param {string} key @param {string} title @param {Maker} maker @param {...HTMLElement} children */
function fold(key, title, maker, ...children) {
  const element = foldable(title, h("div", { class: "stack author-fold" }, ...children));
  element.setAttribute("data-key", key);
  element.querySelector("summary")?.append(" ", h("span", { class: "error" }));
  element.open = maker.open.has(key);
  return element;
}

/** @param {any} each @param {number} at @param {Maker} maker */
function member(each, at, maker) {
  const key = `cast.${at}`;
  const fields = [needed(`${key}.name`, "Name"), words(`${key}.age`, "Age"), needed(`${key}.public`, "What a learner may know", { lines: 2 }), words(`${key}.private`, "What only they know of themselves", { lines: 4 })];
  if (at === 0) fields.push(needed(`${key}.portrayal.opening_statement`, "First words", { lines: 2 }), needed(`${key}.portrayal.closing_statement`, "Last words", { lines: 2, hint: "Said when time is up." }));
  return fold(key, `${asText(each?.name) || asText(each?.id) || "Somebody"}`, maker, ...fields.map(maker.fieldOf));
}

/** @param {any} form @param {Maker} maker */
function objectives(form, maker) {
  const key = "education.learning_objectives";
  const list = listOf(form.education?.learning_objectives);
  const rows = list.map((each, at) =>
    h("div", { class: "stack-tight" }, maker.fieldOf(needed(`${key}.${at}.text`, `Objective ${asText(each?.id)}`, { lines: 2 })), list.length > 1 ? maker.deed("Take it out", { key: `${key}.${at}`, do: "remove" }, asText(each?.id)) : h("span", { hidden: true })),
  );
  return [...rows, maker.deed("Add an objective", { key, do: "add", value: { id: fresh("LO", list), text: "Says what can be seen in the talk" } })];
}

/** @param {any} each @param {number} at @param {Maker} maker */
function fact(each, at, maker) {
  const key = `facts.${at}`;
  const fields = [
    needed(`${key}.disclosure`, "How it is come by", { choices: DOORS }),
    words(`${key}.say`, "Said", { lines: 2 }),
    words(`${key}.show`, "Shown instead", { hint: "For what is never said." }),
    words(`${key}.min_trust`, "Trust it takes", { hint: "A number from 0 to 10; empty for none." }),
    lines(`${key}.asked`, "Questions that ask for it", "One to a line, in a learner's words: six or more."),
  ];
  const title = `${asText(each?.id)}: ${asText(each?.say) || asText(each?.show)}`;
  return fold(key, short(title), maker, ...fields.map(maker.fieldOf), maker.deed("Take this fact out", { key, do: "remove" }, asText(each?.id)));
}

/** @param {any} each @param {number} at @param {any} form @param {Maker} maker */
function beat(each, at, form, maker) {
  const key = `beats.${at}`;
  const spoken = each?.deliver?.verbatim ? [needed(`${key}.deliver.verbatim`, "Said word for word", { lines: 2 })] : [words(`${key}.deliver.improvise`, "Direction", { lines: 3 }), lines(`${key}.deliver.lines`, "Lines", "Two or more, one to a line.")];
  const goals = listOf(form.education?.learning_objectives).map((goal) => asText(goal?.id));
  const fields = [
    needed(`${key}.kind`, "Kind", { choices: KINDS }),
    needed(`${key}.core`, "Reaches every learner (core)", { choices: ["true", "false"] }),
    words(`${key}.fallback_at_min`, "Comes by itself at minute", { hint: "A core beat needs one." }),
    ...spoken,
    words(`${key}.deliver.shown`, "Shown with it"),
    needed(`${key}.opportunity.objective`, "Serves the objective", { choices: goals }),
    lines(`${key}.success_if`, "Met by", "Moves, one to a line, e.g. names_feeling. Any of them is enough."),
    lines(`${key}.trigger.any`, "Comes when", "Conditions, one to a line; any of them is enough."),
    lines(`${key}.directions`, "Ways to meet it, for the debriefing", "Two or three, one to a line."),
  ];
  const said = asText(each?.deliver?.verbatim) || asText(listOf(each?.deliver?.lines)[0]);
  return fold(key, short(`${asText(each?.id)}: ${said}`), maker, ...fields.map(maker.fieldOf), maker.deed("Take this beat out", { key, do: "remove" }, asText(each?.id)));
}

/** @param {any} form */
function newFact(form) {
  return { id: fresh("F_new", listOf(form.facts)), disclosure: "if_asked_open", say: "What they would say.", asked: ["What would a learner ask?"] };
}

/** @param {any} form */
function newBeat(form) {
  const objective = asText(listOf(form.education?.learning_objectives)[0]?.id) || "LO1";
  return { id: fresh("B_new", listOf(form.beats)), kind: "cue", core: "true", fallback_at_min: "3", deliver: { verbatim: "What they would say." }, opportunity: { objective }, success_if: ["names_feeling"] };
}

/** A name that no other has. @param {string} stem @param {any[]} list */
export function fresh(stem, list) {
  const taken = new Set(list.map((each) => each?.id));
  for (let number = 1; ; number += 1) if (!taken.has(`${stem}${number}`)) return `${stem}${number}`;
}

/** @param {string} text */
function short(text) {
  return text.length > 90 ? `${text.slice(0, 87)}...` : text;
}
