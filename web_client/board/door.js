// Coming in with the code of a board.

import { api } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";

/** @param {string} [why] shown first: why somebody has to come in again */
export function joinPage(why = "") {
  const box = h("input", { id: "board-code", class: "board-code-box", type: "text", maxlength: 60, required: true, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", placeholder: "XXXX-XXXX-XXXX" });
  const error = h("p", { class: "error", role: "alert" });

  async function comeIn() {
    say(error, "");
    try {
      const { id } = await api.joinBoard(box.value);
      if (location.hash === to.board(id)) window.dispatchEvent(new HashChangeEvent("hashchange"));
      else location.hash = to.board(id);
    } catch (failure) {
      say(error, messageOf(failure));
      box.select();
    }
  }

  const content = h(
    "section",
    { class: "card stack front-door" },
    h("p", { class: "eyebrow" }, "Reflection board"),
    h("h1", null, "Come in with the code"),
    why && h("p", { class: "note" }, why),
    h("p", { class: "lead" }, "Whoever runs the board shows it to you. You read and write there under a name of your choosing, and are marked for nothing."),
    h(
      "form",
      { class: "stack-tight", onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); void comeIn(); } },
      h("p", { class: "field" }, h("label", { for: box.id }, "The code"), box),
      error,
      h("p", null, h("button", { class: "button primary", type: "submit" }, "Come in")),
    ),
  );
  return { title: "Come in", content, outside: true, shown: () => box.focus() };
}
