// The captions: what was said, shown and done, as far as it was heard. Lines grow in place and keep their element.

import { announce } from "../app/announcer.js";
import { h, say } from "../app/dom.js";
import { markOf, several } from "../live/people.js";
import { asYou } from "../live/person.js";
import { personMark } from "./marks.js";

/** @typedef {import("../types/wire.js").Line} Line */
/** @typedef {import("../types/wire.js").Member} Member */
/** @typedef {import("../types/wire.js").ServerEvent} ServerEvent */
/** @typedef {import("../types/wire.js").View} View */
/** What stands beside a line, and is told of every change of it. @typedef {(line: Line) => {content: HTMLElement, update: (line: Line) => void}} Beside */

const NEAR_PX = 120;

/**
 * @param {readonly Member[]} cast everybody of the case
 * @param {{empty?: string, learner?: string, beside?: Beside}} [wish] `learner`: how the learner is called
 */
export function captions(cast, { empty, learner = "You", beside } = {}) {
  /** @type {Map<string, ReturnType<typeof caption>>} */
  const made = new Map();
  const list = h("ol", { class: several(cast) ? "captions crowd" : "captions" });
  const waiting = h("p", { class: "captions-empty" }, empty ?? "The door is open. Say hello, introduce yourself, or take your time.");
  const content = h("div", { class: "captions-frame", tabindex: "0", role: "region", "aria-label": "What is said" }, waiting, list);
  const toEnd = following(content, list);

  /** @param {string} speaker @param {string} [told] as the server calls them */
  const nameOf = (speaker, told) => (speaker === "learner" ? learner : told || (cast.find((each) => each.id === speaker)?.name ?? cast[0]?.name ?? ""));

  /** @param {View} view */
  function update(view) {
    const lines = view.lines.filter((line) => line.text || line.state !== "done");
    for (const [id, each] of made) {
      if (lines.some((line) => line.id === id)) continue;
      each.content.remove();
      made.delete(id);
    }
    lines.forEach((line, at) => {
      const each = made.get(line.id) ?? caption(line, nameOf(line.speaker, line.name), cast, beside?.(line));
      made.set(line.id, each);
      if (list.children[at] !== each.content) list.insertBefore(each.content, list.children[at] ?? null);
      each.update(line, follows(lines[at - 1], line));
    });
    waiting.hidden = lines.length > 0;
    toEnd();
  }

  /** What is shown round a thing is nobody's doing. @param {ServerEvent} event */
  function told({ speaker = "", speaker_name: name, text = "" }) {
    return markOf(cast, speaker) === "thing" ? text : `${nameOf(speaker, name)}: ${text}`;
  }

  /**
   * To screen readers: whole lines, once, and those of others only where their voices are not heard.
   * @param {ServerEvent} event @param {View} view @param {boolean} unheard
   */
  function tell(event, view, unheard) {
    if (event.type === "bedside.shown" && event.speaker !== "learner") announce(told(event));
    if (event.type === "response.done" && unheard) {
      const line = view.lines.find((each) => each.id === event.response?.output?.[0]?.id);
      if (line?.text) announce(`${nameOf(line.speaker, line.name)}: ${line.text}`);
    }
    if (event.type.endsWith("transcription.completed")) announce(`${learner === "You" ? "You were heard as" : learner}: ${event.transcript ?? ""}`);
    // whoever watches has not typed it themselves
    if (event.type === "conversation.item.added" && event.item?.role === "user" && learner !== "You") announce(typedWords(event.item.id, view));
  }

  /** @param {string | null | undefined} id @param {View} view */
  function typedWords(id, view) {
    const text = view.lines.find((each) => each.id === id)?.text;
    return text ? `${learner}: ${text}` : "";
  }

  return { content, update, announce: tell };
}

/**
 * Stay at the end while lines come, unless the reader has gone elsewhere.
 * @param {HTMLElement} frame
 * @param {HTMLElement} list
 */
function following(frame, list) {
  let follow = true;
  let height = 0;
  const toEnd = () => { if (follow) frame.scrollTop = frame.scrollHeight; };
  frame.addEventListener("scroll", () => {
    // only a reader who scrolls changes it, not lines that grow or a window that shrinks
    const still = height === frame.scrollHeight + frame.clientHeight;
    height = frame.scrollHeight + frame.clientHeight;
    if (still) follow = frame.scrollHeight - frame.scrollTop - frame.clientHeight < NEAR_PX;
  });
  const watch = new ResizeObserver(toEnd);
  watch.observe(frame);
  watch.observe(list);
  return toEnd;
}

/** Whether a name needs no saying again: the same person goes on in the same way. @param {Line | undefined} before @param {Line} line */
function follows(before, line) {
  return before?.speaker === line.speaker && (before.kind === "said") === (line.kind === "said");
}

/**
 * @param {Line} line
 * @param {string} name
 * @param {readonly Member[]} cast
 * @param {ReturnType<Beside>} [more]
 */
function caption(line, name, cast, more) {
  const own = line.speaker === "learner";
  const shape = !own && several(cast) ? markOf(cast, line.speaker) : null;
  const words = h("span", { class: "caption-words" });
  const mark = h("span", { class: "caption-mark" });
  const told = own || line.kind === "said";
  const nobody = !told && shape === "thing";
  const who = h("span", { class: told ? "caption-name" : "caption-name unseen" }, shape && told && personMark(shape), nobody ? "" : name);
  const aside = shape && !told && !nobody ? personMark(shape) : null;
  const kind = `caption ${own ? "own" : "theirs"} ${line.kind}${shape === "thing" && told ? " thing" : ""}`;
  const content = h("li", { class: kind }, who, aside ? h("span", null, aside, words) : words, mark, more?.content);
  return {
    content,
    /** @param {Line} now @param {boolean} again whether the name was just said */
    update(now, again) {
      who.classList.toggle("unseen", again || !told);
      const text = own && name === "You" && now.kind !== "said" ? asYou(now.text) : now.text;
      say(words, now.cut && text ? `${text} …` : text);
      say(mark, besideWords(now));
      content.setAttribute("data-state", now.state);
      more?.update(now);
    },
  };
}

/** What is to be said about a line beside its words. @param {Line} line */
export function besideWords(line) {
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
