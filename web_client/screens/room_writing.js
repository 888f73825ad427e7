// The box for typed words: Enter sends, Shift+Enter begins a new line.

import { h, say } from "../app/dom.js";
import { LONGEST_TEXT } from "../live/wire.js";

const WARN_AT = LONGEST_TEXT - 200;

/**
 * @param {(text: string) => void} send
 */
export function writing(send) {
  const box = h("textarea", {
    id: "words", rows: 1, maxlength: LONGEST_TEXT, autocomplete: "off", "aria-describedby": "words-left", placeholder: "Say something …",
  });
  const left = h("span", { id: "words-left", class: "soft words-left" });

  function submit() {
    const text = box.value.trim();
    if (!text) return box.focus();
    box.value = "";
    grow();
    send(text);
    box.focus();
  }

  function grow() {
    box.style.setProperty("height", "auto");
    box.style.setProperty("height", `${Math.min(box.scrollHeight + 2, 160)}px`);
    say(left, box.value.length > WARN_AT ? `${LONGEST_TEXT - box.value.length} characters left` : "");
  }

  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  const form = h(
    "form",
    { class: "writing", onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); submit(); } },
    h("label", { for: "words", class: "unseen" }, "Type what you say. Enter sends, Shift and Enter begins a new line."),
    box,
    h("button", { class: "button", type: "submit" }, "Send"),
    left,
  );
  return { content: form };
}
