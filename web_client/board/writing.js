// A form in which something is written for the board: a post, or an answer.

import { h, say } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";

const MOST_LETTERS = 8000;
let made = 0;

/**
 * @param {{label: string, hint?: string, rows?: number, button: string, cancel?: () => void, send: (text: string) => Promise<unknown>}} options
 * `send` may refuse: then what was written stays
 */
export function writing({ label, hint = "", rows = 4, button, cancel, send }) {
  made += 1;
  const id = `board-text-${made}`;
  const box = h("textarea", { id, rows, maxlength: MOST_LETTERS, required: true, "aria-describedby": hint ? `${id}-hint` : null });
  const error = h("p", { class: "error", role: "alert" });
  const post = h("button", { class: "button primary", type: "submit" }, button);
  const content = h(
    "form",
    { class: "stack-tight board-writing", onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); void submit(); } },
    h("p", { class: "field" }, h("label", { for: id }, label), box),
    hint && h("p", { class: "soft", id: `${id}-hint` }, hint),
    error,
    h("p", { class: "row" }, post, cancel && h("button", { class: "button quiet", type: "button", onclick: cancel }, "Not now")),
  );

  async function submit() {
    if (!box.value.trim() || post.disabled) return box.focus();
    say(error, "");
    post.disabled = true;
    try {
      await send(box.value);
      box.value = "";
    } catch (failure) {
      say(error, messageOf(failure));
    } finally {
      post.disabled = false;
    }
  }

  return { content, focus: () => box.focus(), begun: () => Boolean(box.value.trim()) };
}
