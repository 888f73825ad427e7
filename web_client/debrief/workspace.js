// The debriefing itself, in writing: a frame, its phases, their questions, and room for one's own words. It keeps itself.

import { api } from "../app/api.js";
import { fill, h, list, say } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { quote } from "../report/quote.js";
import { isAwaited } from "../student/awaited.js";
import { gap } from "./gap.js";
import { keptField } from "./saving.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("../types/debrief.js").Frame} Frame */
/** @typedef {import("../types/debrief.js").Phase} Phase */

/** Where in the report a phase's material stands. @type {Record<string, [string, string]>} */
const PLACES = {
  cards: ["#moments", "The moments that came up"],
  profile: ["#profile", "What the report found in the words"],
  timeline: ["#timeline", "The talk at a glance"],
  moment: ["#one-moment", "The one moment"],
};

/** @param {About} about */
export function workspace(about) {
  const { debrief, written } = about;
  if (!debrief || !written) return { content: null, leave: () => {} };
  const kept = new Map(written.writings.filter((each) => each.kind === "phase").map((each) => [each.about, each.text]));
  const chosen = written.writings.find((each) => each.kind === "frame")?.text;
  const body = h("div", { class: "stack" });
  const state = h("span", { class: "error", role: "alert" });
  /** @type {ReturnType<typeof keptField>[]} */
  let fields = [];
  let typed = () => {};

  /** @param {string} id */
  function show(id) {
    typed(); // also what is on its way
    leave();
    const frame = debrief?.frames.find((each) => each.id === id) ?? debrief?.frames[0];
    if (!frame) return;
    const made = frame.phases.map((each) => phase(about, frame, each, kept));
    fields = made.map((each) => each.field);
    typed = () => { for (const each of made) kept.set(each.key, each.field.value()); };
    body.replaceChildren(h("p", { class: "soft" }, frame.about), h("ol", { class: "phases" }, ...made.map((each) => each.content)));
  }

  function leave() {
    for (const each of fields) void each.flush();
  }

  /** @param {string} id */
  async function choose(id) {
    show(id);
    await api.write(about.id, "frame", id).then(() => say(state, ""), (failure) => say(state, `This choice is not kept. ${messageOf(failure)}`));
  }

  const select = h(
    "select",
    { id: "frame", onchange: () => void choose(select.value) },
    ...debrief.frames.map((each) => h("option", { value: each.id, selected: each.id === (chosen || debrief.frame) }, each.name + (each.id === debrief.frame ? " (the case's own)" : ""))),
  );
  show(select.value);
  const content = h(
    "section",
    { class: "stack debrief", "aria-labelledby": "debriefing" },
    h("h2", { id: "debriefing" }, "Debriefing"),
    h("p", { class: "soft" }, "For you, alone or with whoever debriefs you. What you write keeps itself, is shown to nobody else, and is not scored. This report is feedback; a debriefing is a talk between people."),
    h("p", { class: "field frame-choice" }, h("label", { for: "frame" }, "How would you like to go through it?"), select, state),
    body,
  );
  return { content, leave };
}

/** @param {About} about @param {Frame} frame @param {Phase} each @param {Map<string, string>} kept */
function phase(about, frame, each, kept) {
  const key = `${frame.id}/${each.id}`;
  const shown = fill(h("div", { class: "stack-tight phase-shows" }), ...each.shows.map((what) => material(about, what)));
  const field = keptField({
    id: `phase-${frame.id}-${each.id}`,
    label: each.heading,
    hint: list(each.questions, { class: "questions" }),
    beside: shown.childElementCount ? shown : null,
    text: kept.get(key) ?? "",
    keep: (text) => api.write(about.id, "phase", text, key),
  });
  return { key, field, content: h("li", null, field.content) };
}

/** @param {About} about @param {string} what */
function material(about, what) {
  if (what === "gap") return gap(about);
  if (what === "keep") return kept(about);
  if (what === "own_words") return ownWords(about);
  const [where, name] = PLACES[what] ?? ["", ""];
  if (!where || !hasPlace(about, what)) return null;
  return h("p", null, h("button", { class: "button quiet small screen-only", type: "button", onclick: () => go(where) }, `See: ${name}`));
}

/** @param {About} about @param {string} what */
function hasPlace(about, what) {
  const { debrief, card } = about;
  if (what === "cards") return Boolean(debrief?.cards.length);
  if (what === "moment") return Boolean(debrief?.moment);
  if (what === "profile" && isAwaited(about)) return false;
  return card.status !== "not_scored";
}

/** @param {string} where */
function go(where) {
  const target = document.querySelector(where);
  target?.scrollIntoView({ block: "start" });
  if (target instanceof HTMLElement) {
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
}

/** @param {About} about */
function kept(about) {
  const words = about.debrief?.keep;
  if (!words) return about.card.status === "not_scored" || isAwaited(about) ? null : h("p", { class: "soft" }, "The report holds nothing up here. What would you keep?");
  return h("p", null, h("span", { class: "soft" }, "Worth keeping: "), quote(about, words.turn, words.text));
}

/** @param {About} about */
function ownWords(about) {
  const text = about.card.reflection?.reactions;
  return text ? h("p", null, h("span", { class: "soft" }, "You wrote at the door: "), text) : null;
}
