// The keys of the marking page, as a dialog.

import { h } from "../app/dom.js";
import { KEYS } from "./keys.js";

export function showKeys() {
  const rows = KEYS.flatMap(([keys, what]) => [h("dt", null, keys), h("dd", null, what)]);
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-labelledby": "keys-title" },
    h("h2", { id: "keys-title" }, "Keys"),
    h("dl", { class: "keys" }, ...rows),
    h("p", null, h("button", { class: "button", type: "button", autofocus: true, onclick: () => dialog.close() }, "Close")),
  );
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}
