// What the grading page tells of where the marking stands, and the way on once it is signed.

import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { listed } from "../live/people.js";
import { NOT_FACULTY } from "../mark/signing.js";

/** @typedef {import("../types/api.js").MarkingState} MarkingState */

/** Signed, and nothing has happened since that needs another signature. @param {MarkingState} state */
export function isSigned(state) {
  return state.signature !== null && !state.open;
}

/** Whether one's own marks are in, or one only reads what is signed. @param {MarkingState} state */
export function decides(state) {
  return state.closed || (state.reads && !state.open);
}

/** @param {MarkingState} state */
export function toldOf(state) {
  const { signature, closed, reads, waiting, name } = state;
  const signedBy = signature ? `Signed by ${signature.by}${NOT_FACULTY[signature.who] ?? ""}.` : "";
  if (isSigned(state)) return signedBy;
  const others = waiting.filter((each) => each !== name);
  const mine = closed ? "Your marks are in." : reads ? signedBy : "Your marks are saved as you go. Nobody sees them before your sheet is closed.";
  return `${mine}${others.length ? ` Not in yet: ${listed(others)}.` : ""}`;
}

/** @param {ReturnType<typeof import("./row_words.js").around>} near @param {() => void} keepAsExample */
export function onward({ here, waiting }, keepAsExample) {
  const next = waiting ? h("a", { class: "button primary", href: to.grade(waiting.encounter_id) }, "Grade the next one") : h("a", { class: "button primary", href: to.grading(here?.assignment_id) }, "That was the last one: back to the queue");
  return h("p", { class: "row", id: "grade-onward" }, next, here && h("button", { class: "button quiet small", type: "button", onclick: keepAsExample }, "Put into the calibration set"));
}
