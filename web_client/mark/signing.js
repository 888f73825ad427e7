// Under the sheet: closing it, signing what stands, and opening it again with a reason.

import { h } from "../app/dom.js";
import { listed } from "../live/people.js";
import { beganWords } from "../screens/words.js";

/** @typedef {import("../types/api.js").MarkingState} MarkingState */

/** Beside a signature that does not count as the faculty's, by who made it. @type {Record<string, string>} */
export const NOT_FACULTY = { learner: ", the learner", guest: ", a guest" };

/** @param {{close: () => void, giveUp: (() => void) | null}} host `giveUp`: for whoever was not invited, and so cannot be sent away */
export function closing({ close, giveUp }) {
  return h(
    "section",
    { class: "card stack", id: "mark-close" },
    h("h2", null, "Are your marks in?"),
    h("p", null, "Closing the sheet keeps your marks as they are. Then you see the draft, and the other markers once theirs are in."),
    h("p", { class: "row" }, h("button", { class: "button primary", type: "button", onclick: close }, "Close my sheet"), giveUp && h("button", { class: "button quiet", type: "button", onclick: giveUp }, "Do not mark after all")),
  );
}

/** Who signed, when, and what has come since. @param {MarkingState} state */
function signed({ signature, open }) {
  if (!signature) return null;
  return h(
    "div",
    { class: "stack-tight" },
    h("p", null, h("strong", null, `Signed by ${signature.by}${NOT_FACULTY[signature.who] ?? ""}`), ` on ${beganWords(signature.at)}.`, open ? " It stands until these marks are signed again." : ""),
    signature.look_again && h("p", { class: "note" }, "Signed before a correction: what was heard has been put right since, and the draft was made again. Look again."),
  );
}

/** What keeps it from being signed, in words; empty when nothing does. @param {MarkingState} state @param {(dimension: string) => string} name */
export function inTheWay(state, name) {
  const closed = state.sheets.filter((each) => each.closed).length;
  if (state.waiting.length) return `Not in yet: the marks of ${listed(state.waiting)}.`;
  const open = state.appeals.filter((each) => !each.answered).map((each) => name(each.dimension));
  if (open.length) return `An appeal waits for its answer: ${listed(open)}.`;
  if (closed < state.sheets_needed) return "This needs a second marker: it is signed once somebody else of the course's staff has marked it too.";
  const differ = [...state.differences.map(name), ...(state.whole_differs ? ["the whole"] : [])];
  return differ.length ? `The markers differ on ${listed(differ)}.` : "";
}

/** All that the foot shows. @param {MarkingState} state @param {(dimension: string) => string} name */
export function footOf(state, name) {
  return { open: state.open, signature: state.signature, why: inTheWay(state, name) };
}

/**
 * @typedef {{signer: string, reopen: string}} Typed
 * @typedef {{name: (dimension: string) => string, typed: Typed, account?: boolean, sign: () => void, reopen: () => void}} Signer
 *   `account`: they sign by the name of their account; `typed` keeps what they write
 */

/** @param {MarkingState} state @param {Signer} host */
export function signing(state, host) {
  const why = inTheWay(state, host.name);
  return h("section", { class: "card stack", id: "mark-sign" }, h("h2", null, state.open ? "Sign" : "Signed"), signed(state), why && h("p", null, why), state.open ? signForm(host) : reopenForm(host));
}

/** @param {Signer} host */
function signForm({ typed, account, sign }) {
  const name = h("input", { id: "mark-signer", type: "text", maxlength: 100, autocomplete: "name", value: typed.signer, oninput: () => { typed.signer = name.value; } });
  return h(
    "form",
    { class: "stack-tight", onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); sign(); } },
    h("p", null, "The marks that stand become the record. The draft, every change and every reason are kept beside them."),
    !account && h("p", { class: "field" }, h("label", { for: name.id }, "Your name, as it stands under the record"), name),
    h("p", null, h("button", { class: "button primary", type: "submit" }, account ? `Sign as ${typed.signer}` : "Sign")),
  );
}

/** @param {Signer} host */
function reopenForm({ typed, reopen }) {
  const reason = h("input", { id: "mark-reopen", type: "text", maxlength: 4000, value: typed.reopen, oninput: () => { typed.reopen = reason.value; } });
  return h(
    "form",
    { class: "stack-tight", onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); reopen(); } },
    h("p", { class: "field" }, h("label", { for: reason.id }, "Why it should be opened again"), reason),
    h("p", null, h("button", { class: "button quiet", type: "submit" }, "Open again")),
  );
}
