// Coming in with the code of a board, finding the way back to it, and leaving it.

import { api } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";

const KEY = "bedside.board";

/** So that the way back is known in this window. @param {string} id */
export function rememberBoard(id) {
  try {
    sessionStorage.setItem(KEY, id);
  } catch {
    // a private window without storage: the address is the way back
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

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
    { class: "stack" },
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
  return { title: "Come in", content, shown: () => box.focus() };
}

/** Somebody who came in to one board has gone elsewhere. */
export function onlyPosting() {
  const id = remembered();
  const content = h(
    "section",
    { class: "stack" },
    h("p", { class: "eyebrow" }, "Reflection board"),
    h("h1", null, "You are here for one board"),
    h("p", { class: "lead" }, "Your code opens one reflection board, and nothing else."),
    id && h("p", null, h("a", { class: "button", href: to.board(id) }, "Back to the board")),
  );
  return { title: "Reflection board", content };
}
