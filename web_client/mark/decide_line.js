// One line once one's own marks are in: the draft and the other markers beside them, and what shall stand.

import { h } from "../app/dom.js";
import { howWords, markWords } from "./line.js";

/** @typedef {import("../types/api.js").Dimension} Dimension */
/** @typedef {import("../types/api.js").MarkingState} MarkingState */
/** @typedef {import("../types/api.js").MarkLine} MarkLine */
/** @typedef {import("../types/api.js").MarkStatus} MarkStatus */
/** @typedef {"draft_accepted" | "draft_changed" | "draft_refused" | "reconciled" | "appeal_answered"} Kind */
/** What is being decided: not sent yet, and kept while the page is drawn again.
 * @typedef {{status: MarkStatus, level: number | null, reason: string, refuse: boolean}} Thought */

/** What can be done to a line now. @param {MarkingState} state @param {string} dimension @returns {"appeal" | "together" | "draft" | "nothing"} */
export function task(state, dimension) {
  if (state.appeals.some((each) => each.dimension === dimension && !each.answered)) return "appeal";
  if (!state.open) return "nothing";
  return state.differences.includes(dimension) ? "together" : "draft";
}

/** Whether a reason is typed that can still be sent: not on a line that has nothing more to be done. @param {MarkingState} state @param {ReadonlyMap<string, Thought>} thoughts */
export function untaken(state, thoughts) {
  return [...thoughts].some(([dimension, { reason }]) => reason.trim() !== "" && task(state, dimension) !== "nothing");
}

/** What stands, or stood before the markers differed. @param {MarkingState} state @param {string} dimension @returns {Thought} */
export function firstThought(state, dimension) {
  const mine = state.sheets.find((each) => each.mine)?.now ?? [];
  const stands = [...state.values, ...mine].find((each) => each.dimension === dimension);
  return { status: stands?.status ?? "unrated", level: stands?.level ?? null, reason: "", refuse: false };
}

/**
 * The step that a thought comes to. Pure.
 * @param {MarkingState} state
 * @param {string} dimension
 * @param {Thought} thought
 * @returns {{kind: Kind} & Record<string, unknown>}
 */
export function stepOf(state, dimension, thought) {
  const { status, level, reason } = thought;
  const draft = state.draft?.digest ?? "";
  const stands = firstThought(state, dimension);
  const other = status !== stands.status || level !== stands.level;
  switch (task(state, dimension)) {
    case "appeal":
      return { kind: "appeal_answered", dimension, reason, ...(other ? { status, level } : {}) };
    case "together":
      return { kind: "reconciled", dimension, status, level, reason };
    default:
      return thought.refuse ? { kind: "draft_refused", dimension, reason, draft } : { kind: "draft_changed", dimension, status, level, reason, draft };
  }
}

/** All that a line shows: the same, and it need not be drawn again. @param {MarkingState} state @param {string} dimension @param {Thought} thought */
export function shownOf(state, dimension, { status, level, refuse }) {
  const of = (/** @type {readonly {dimension: string}[]} */ lines) => lines.filter((each) => each.dimension === dimension);
  const sheets = state.sheets.map(({ name, mine, own, now }) => ({ name, mine, own: of(own), now: of(now) }));
  return { task: task(state, dimension), sheets, draft: of(state.draft?.lines ?? []), values: of(state.values), appeals: of(state.appeals), status, level, refuse };
}

/**
 * What stands in a line.
 * @param {Dimension} dimension
 * @param {{lowest: number, highest: number}} scale
 * @param {MarkingState} state
 * @param {Thought} thought
 * @param {{think: (thought: Thought) => void, keep: (thought: Thought) => void, send: () => void, accept: () => void, show: (turn: string) => void, number: (turn: string) => number}} host
 */
export function decideLine(dimension, scale, state, thought, host) {
  const id = `mark-${dimension.id}`;
  const doing = task(state, dimension.id);
  const stands = state.values.find((each) => each.dimension === dimension.id);
  const appeal = state.appeals.find((each) => each.dimension === dimension.id && !each.answered);
  return [
    h("h3", { id: `${id}-name` }, dimension.name),
    h("p", { class: "soft" }, dimension.question),
    h("dl", { class: "terms" }, ...sides(dimension.id, scale.highest, state, host)),
    stands && stands.how !== "own_mark" && h("p", null, h("strong", null, `Stands: ${markWords(stands, scale.highest)}`), ` · ${howWords(stands.how)}${stands.by.length ? `, ${stands.by.join(" and ")}` : ""}`, stands.reason && `: ${stands.reason}`),
    doing === "together" && h("p", { class: "note" }, "The markers differ here. Talk, then say what you agreed on."),
    appeal && h("p", { class: "note" }, "The learner appeals, about ", turnButton(appeal.turn, host), `: ${appeal.reason}`),
    doing === "nothing" ? null : form(dimension, scale, state, thought, host),
  ];
}

/** @param {string} dimension @param {number} highest @param {MarkingState} state @param {{show: (turn: string) => void, number: (turn: string) => number}} host */
function sides(dimension, highest, state, host) {
  const draft = state.draft?.lines.find((each) => each.dimension === dimension);
  const all = state.sheets.map((sheet) => ({ who: sheet.mine ? "You" : sheet.name, line: sheet.own.find((each) => each.dimension === dimension) }));
  return [...all, { who: "The draft", line: draft }].flatMap(({ who, line }) => (line ? side(who, line, highest, host) : []));
}

/** @param {string} who @param {MarkLine} line @param {number} highest @param {{show: (turn: string) => void, number: (turn: string) => number}} host */
function side(who, line, highest, host) {
  const quotes = line.evidence.filter((each) => each.role !== "examined").map((each) => h("li", null, h("q", { class: "quote-words" }, each.quote), " ", turnButton(each.turn, host)));
  return [h("dt", null, who), h("dd", null, h("strong", null, markWords(line, highest)), line.comment && h("p", { class: "soft" }, line.comment), quotes.length ? h("ul", { class: "plain picked" }, ...quotes) : null)];
}

/** @param {string} turn @param {{show: (turn: string) => void, number: (turn: string) => number}} host */
function turnButton(turn, host) {
  return h("button", { class: "link-button", type: "button", onclick: () => host.show(turn) }, `turn ${host.number(turn)}`);
}

/** @param {Dimension} dimension @param {{lowest: number, highest: number}} scale @param {MarkingState} state @param {Thought} thought @param {Parameters<typeof decideLine>[4]} host */
function form(dimension, scale, state, thought, host) {
  const id = `mark-${dimension.id}`;
  const levels = Array.from({ length: scale.highest - scale.lowest + 1 }, (_, at) => scale.lowest + at);
  /** @type {[string, MarkStatus, number | null][]} */
  const all = [...levels.map((level) => /** @type {[string, MarkStatus, number]} */ ([String(level), "rated", level])), ["N/A", "not_applicable", null], ["unrated", "unrated", null]];
  const choices = all.map(([text, status, level]) =>
    h("label", { class: "mark" }, h("input", { type: "radio", id: `${id}-${text}`, name: id, checked: status === thought.status && level === thought.level, onchange: () => host.think({ ...thought, status, level, refuse: false }) }), h("span", null, text)),
  );
  const reason = h("input", { id: `${id}-reason`, type: "text", maxlength: 4000, value: thought.reason, oninput: () => { thought.reason = reason.value; host.keep(thought); } });
  const [own, draft] = [firstThought(state, dimension.id), state.draft?.lines.find((each) => each.dimension === dimension.id)];
  const other = draft !== undefined && task(state, dimension.id) === "draft" && (draft.status !== own.status || draft.level !== own.level);
  return h(
    "form",
    { class: "stack-tight", onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); host.send(); } },
    h("div", { class: "marks", role: "radiogroup", "aria-label": `What shall stand for ${dimension.name}` }, ...choices),
    h("p", { class: "field" }, h("label", { for: reason.id }, "Reason"), reason),
    h(
      "p",
      { class: "row" },
      other && h("button", { class: "button quiet small", type: "button", onclick: host.accept }, "Accept the draft"),
      other && !thought.refuse && h("button", { class: "button quiet small", type: "button", onclick: () => host.think({ ...thought, refuse: true }) }, "Refuse the draft …"),
      comesTo(state, dimension.id, thought) && h("button", { class: "button small", type: "submit" }, doing(state, dimension.id, thought, scale.highest)),
    ),
  );
}

/** Whether there is anything to send: a line that is left as it stands needs no step. @param {MarkingState} state @param {string} dimension @param {Thought} thought */
export function comesTo(state, dimension, thought) {
  const own = firstThought(state, dimension);
  return task(state, dimension) !== "draft" || thought.refuse || thought.status !== own.status || thought.level !== own.level;
}

/** What the button does. @param {MarkingState} state @param {string} dimension @param {Thought} thought @param {number} highest */
function doing(state, dimension, thought, highest) {
  const step = stepOf(state, dimension, thought);
  if (step.kind === "draft_refused") return "Keep mine, with this reason";
  if (step.kind === "appeal_answered" && !("status" in step)) return "It stays, for this reason";
  return `${step.kind === "reconciled" ? "We agreed on" : "Change to"} ${markWords(thought, highest).toLowerCase()}`;
}
