// Marks of an assignment given to its learners, many at once: only those that somebody opened and signed.

import { h } from "../app/dom.js";
import { emptyState, pageHead, statusLine } from "../app/parts.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { beganWords } from "../screens/words.js";
import { grading } from "./calls.js";
import { stateWords, titleOf } from "./row_words.js";

/** @typedef {import("./calls.js").Row} Row */

/** @param {string} assignment */
export async function releasePage(assignment) {
  const { rows } = await grading.queue(assignment);
  const title = rows[0]?.assignment ?? "Release marks";
  const content = h(
    "div",
    { class: "stack-wide" },
    pageHead({ title: `Release: ${title}`, above: [{ text: "Grading", href: to.grading(assignment) }], lead: "Learners see their marks from then on. Only what somebody has opened, marked and signed can be released; nothing is signed here." }),
    rows.length ? form(assignment, rows) : emptyState({ text: "Nobody has made an attempt at this assignment yet.", action: h("a", { class: "button", href: to.grading() }, "Grading") }),
  );
  return { title: `Release: ${title}`, content, wide: true };
}

/** @param {string} assignment @param {readonly Row[]} rows */
function form(assignment, rows) {
  const status = statusLine();
  const ready = rows.filter((row) => row.state === "signed" && !row.released_at);
  const boxes = new Map(ready.map((row) => [row.encounter_id, h("input", { type: "checkbox", id: `release-${row.encounter_id}`, checked: true, onchange: count })]));
  const button = h("button", { class: "button primary", type: "submit" });
  const chosen = () => [...boxes].filter(([, box]) => box.checked).map(([id]) => id);

  function count() {
    const many = chosen().length;
    button.textContent = many === 1 ? "Release 1 mark" : `Release ${many} marks`;
    if (many) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
  }

  /** @param {SubmitEvent} event */
  async function send(event) {
    event.preventDefault();
    if (!chosen().length) return status.fail("Choose at least one that is signed.");
    try {
      await grading.release(assignment, chosen());
      window.dispatchEvent(new HashChangeEvent("hashchange"));
    } catch (failure) {
      status.fail(messageOf(failure));
    }
  }

  count();
  const later = rows.filter((row) => !boxes.has(row.encounter_id));
  return h(
    "form",
    { class: "stack", onsubmit: send },
    ready.length
      ? h("fieldset", { class: "stack-tight" }, h("legend", null, `Signed, and not released: ${ready.length}`), h("ul", { class: "plain stack-tight" }, ...ready.map((row) => h("li", { class: "choice" }, boxes.get(row.encounter_id), h("label", { for: `release-${row.encounter_id}` }, h("strong", null, titleOf(row)), ` ${signedWords(row)}`)))))
      : h("p", { class: "note" }, "No signed mark waits to be released."),
    later.length > 0 && h("details", null, h("summary", null, `The others: ${later.length}`), h("ul", { class: "plain" }, ...later.map((row) => h("li", null, h("a", { href: to.grade(row.encounter_id) }, titleOf(row)), `: ${stateWords(row)}`)))),
    status.element,
    h("p", { class: "row" }, ready.length > 0 && button, h("a", { class: "button quiet", href: grading.fileOf(assignment, "csv"), download: true }, "Marks as a table (CSV)")),
  );
}

/** @param {Row} row */
function signedWords(row) {
  const mine = row.opened_at ? `you opened it ${beganWords(row.opened_at)}` : "you have not opened it";
  return `opened and signed by ${row.signed_by}${row.signed_at ? ` on ${beganWords(row.signed_at)}` : ""}; ${mine}`;
}
