// The keys of a page on which somebody marks, as a dialog.

import { h } from "../app/dom.js";
import { modal } from "../app/parts.js";

/** @param {readonly (readonly [string, string])[]} rows keys, and what they do */
export function showKeys(rows) {
  const list = rows.flatMap(([keys, what]) => [h("dt", null, keys), h("dd", null, what)]);
  const dialog = modal("Keys", h("dl", { class: "keys" }, ...list), h("p", null, h("button", { class: "button", type: "button", autofocus: true, onclick: () => dialog.close() }, "Close")));
}
