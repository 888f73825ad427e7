// Text that keeps itself: a moment after the last key, when the box is left, and when the page is.

import { h, say } from "../app/dom.js";
import { mayPass } from "../app/may_pass.js";
import { messageOf } from "../app/trouble.js";

/** After the last key, in milliseconds. */
const PAUSE_MS = 800;
/** After a failure that may pass by itself, in milliseconds. */
const AGAIN_MS = 5000;
const LONGEST = 8000;
/** Boxes whose text is not kept yet. @type {Set<object>} */
const unkept = new Set();

/**
 * Keeps what is typed, one request at a time, the newest last.
 * @param {(text: string) => Promise<unknown>} keep
 * @param {(words: string) => void} tell what became of it
 * @param {number} [againMs] after which what failed for a while is tried again by itself; without it never
 */
export function saver(keep, tell, againMs) {
  const key = {};
  /** @type {string | null} */
  let waiting = null;
  let busy = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function flush() {
    clearTimeout(timer);
    if (busy || waiting === null) return;
    const text = waiting;
    waiting = null;
    busy = true;
    try {
      await keep(text);
      tell("Saved");
    } catch (failure) {
      waiting ??= text;
      tell(`Not saved. ${messageOf(failure)}`);
      busy = false;
      if (againMs !== undefined && mayPass(failure)) timer = setTimeout(() => void flush(), againMs);
      return;
    }
    busy = false;
    if (waiting === null) unkept.delete(key);
    if (waiting !== null) await flush();
  }

  /** @param {string} text */
  function changed(text) {
    waiting = text;
    unkept.add(key);
    tell("");
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), PAUSE_MS);
  }

  return { changed, flush };
}

/** A tab that is closed asks first while something is not kept. @param {Event} event */
function asked(event) {
  if (unkept.size) event.preventDefault();
}

/**
 * A labelled box that keeps itself.
 * @param {{id: string, label: import("../app/dom.js").Child, hint?: import("../app/dom.js").Child, beside?: import("../app/dom.js").Child, text: string, rows?: number, keep: (text: string) => Promise<unknown>}} wish
 *   `beside`: what is looked at while writing
 */
export function keptField({ id, label, hint, beside, text, rows = 4, keep }) {
  const state = h("span", { class: "soft kept-state", role: "status" });
  const own = saver(keep, (words) => say(state, words), AGAIN_MS);
  window.addEventListener("beforeunload", asked); // the same function is heard once, however many boxes there are
  const box = h("textarea", {
    id, rows, maxlength: LONGEST, "aria-describedby": hint ? `${id}-hint` : null,
    oninput: () => own.changed(box.value), onblur: () => void own.flush(),
  });
  box.value = text;
  const content = h("div", { class: "field kept" }, h("label", { for: id }, label), beside, hint ? h("div", { class: "soft", id: `${id}-hint` }, hint) : null, box, state);
  return { content, flush: own.flush, value: () => box.value, inUse: () => document.activeElement === box };
}
