// A text of this page as a file on somebody's machine.

import { h } from "../app/dom.js";

/** @param {string} name @param {string} text */
export function saveFile(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = h("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
