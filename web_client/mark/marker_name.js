// Under which name somebody marks: the one of their account or invitation, else the one that they type.

import { h } from "../app/dom.js";

/** @param {import("./desk.js").Desk} desk @param {() => void} typed */
export function markerName(desk, typed) {
  const { name, invited, account } = desk.page.state;
  if (name && (invited || account)) return h("p", { class: "soft" }, `You mark as ${name}.`);
  const box = h("input", { id: "mark-name", type: "text", maxlength: 100, autocomplete: "name", value: desk.typed, oninput: () => { desk.typed = box.value; }, onchange: typed });
  return h("p", { class: "field" }, h("label", { for: box.id }, "Your name, as it stands beside your marks"), box);
}
