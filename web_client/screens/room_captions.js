// The captions: what was said, shown and done, as far as it was heard. Lines grow in place and keep their element.

import { announce } from "../app/announcer.js";
import { h, say } from "../app/dom.js";

/** @typedef {import("../types/api.js").Person} Person */
/** @typedef {import("../types/wire.js").Line} Line */
/** @typedef {import("../types/wire.js").ServerEvent} ServerEvent */
/** @typedef {import("../types/wire.js").View} View */

const NEAR_PX = 120;

/**
 * @param {readonly Person[]} cast
 * @param {string} first the patient's first name
 */
export function captions(cast, first) {
  /** @type {Map<string, ReturnType<typeof caption>>} */
  const made = new Map();
  const list = h("ol", { class: "captions" });
  const waiting = h("p", { class: "captions-empty" }, "The door is open. Greet her, introduce yourself, or take your time.");
  const content = h("div", { class: "captions-frame", tabindex: "0", role: "region", "aria-label": "What is said" }, waiting, list);

  let follow = true;
  let height = 0;
  const toEnd = () => { if (follow) content.scrollTop = content.scrollHeight; };
  content.addEventListener("scroll", () => {
    // only a reader who scrolls changes it, not lines that grow or a window that shrinks
    const still = height === content.scrollHeight + content.clientHeight;
    height = content.scrollHeight + content.clientHeight;
    if (still) follow = content.scrollHeight - content.scrollTop - content.clientHeight < NEAR_PX;
  });
  const watch = new ResizeObserver(toEnd);
  watch.observe(content);
  watch.observe(list);

  /** @param {string} speaker */
  const nameOf = (speaker) => (speaker === "learner" ? "You" : (cast.find((each) => each.id === speaker)?.name ?? cast[0]?.name ?? first));

  /** @param {View} view */
  function update(view) {
    const lines = view.lines.filter((line) => line.text || line.state !== "done");
    for (const [id, each] of made) {
      if (lines.some((line) => line.id === id)) continue;
      each.content.remove();
      made.delete(id);
    }
    lines.forEach((line, at) => {
      const each = made.get(line.id) ?? caption(line, nameOf(line.speaker));
      made.set(line.id, each);
      if (list.children[at] !== each.content) list.insertBefore(each.content, list.children[at] ?? null);
      each.update(line, lines[at - 1]?.speaker === line.speaker);
    });
    waiting.hidden = lines.length > 0;
    toEnd();
  }

  /**
   * To screen readers: whole lines, once, and hers only where her voice is not heard.
   * @param {ServerEvent} event @param {View} view @param {boolean} unheard
   */
  function tell(event, view, unheard) {
    if (event.type === "bedside.shown" && event.speaker !== "learner") announce(`${nameOf(event.speaker ?? "")}: ${event.text ?? ""}`);
    if (event.type === "response.done" && unheard) {
      const line = view.lines.find((each) => each.id === event.response?.output?.[0]?.id);
      if (line?.text) announce(`${nameOf(line.speaker)}: ${line.text}`);
    }
    if (event.type.endsWith("transcription.completed")) announce(`You were heard as: ${event.transcript ?? ""}`);
  }

  return { content, update, announce: tell };
}

/**
 * @param {Line} line
 * @param {string} name
 */
function caption(line, name) {
  const words = h("span", { class: "caption-words" });
  const mark = h("span", { class: "caption-mark" });
  const own = line.speaker === "learner";
  const who = h("span", { class: "caption-name" }, name);
  const content = h("li", { class: `caption ${own ? "own" : "hers"} ${line.kind}` }, who, words, mark);
  return {
    content,
    /** @param {Line} now @param {boolean} again whether the line before has the same speaker */
    update(now, again) {
      who.classList.toggle("unseen", again || (!own && now.kind === "shown"));
      say(words, now.cut && now.text ? `${now.text} …` : now.text);
      say(mark, markOf(now));
      content.setAttribute("data-state", now.state);
    },
  };
}

/** What is to be said about a line beside its words. @param {Line} line */
export function markOf(line) {
  if (line.cut) return line.text ? "interrupted here" : "interrupted before a word was heard";
  if (line.unsure) return "the software was not sure that it heard you right";
  /** @type {Partial<Record<Line["state"], string>>} */
  const words = {
    sending: "being sent",
    hearing: "hearing you …",
    recognising: "finding your words …",
    failed: line.speaker === "learner" ? "not understood: please say it again, or type it" : "",
  };
  return words[line.state] ?? "";
}
