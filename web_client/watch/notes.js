// Live notes of somebody on the staff: a line, or a bookmark, each with the encounter's time. Nobody else is shown them.

import { h, say } from "../app/dom.js";
import { statusLine } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { minutes } from "../live/clock.js";
import { calls } from "./calls.js";

/** @typedef {import("./calls.js").Remark} Remark */

const LONGEST = 2000;

/**
 * @param {string} id of the encounter
 * @param {{now: () => number, lastTurn: () => string}} host encounter time in ms, and the latest turn that is kept
 */
export function notes(id, { now, lastTurn }) {
  const list = h("ol", { class: "rows notes-list" });
  const told = statusLine();
  const empty = h("p", { class: "soft" }, "Nothing yet. What you keep here has the time beside it, and waits for you in the grading and in the debriefing.");
  const words = h("input", { id: "live-note", type: "text", maxlength: LONGEST, autocomplete: "off" });
  const mark = h("button", { class: "button quiet", type: "button", onclick: (/** @type {MouseEvent} */ event) => { if (event.detail < 2) void keep("bookmark", ""); } }, "Bookmark now");
  /** Ids of what stands in the list. */
  const listed = new Set();
  /** The note that is on its way: pressing Enter twice is one note. */
  let sending = "";

  /** @param {"note" | "bookmark"} kind @param {string} text */
  async function keep(kind, text) {
    if (text && text === sending) return;
    sending = text || sending;
    const at_ms = Math.round(now());
    try {
      add(await calls.remark(id, { kind, turn: lastTurn(), at_ms, text }));
      if (kind === "note" && words.value.trim() === text) words.value = "";
      told.say(`${kind === "note" ? "Noted" : "Bookmarked"} at ${minutes(at_ms)}.`);
    } catch (error) {
      told.fail(`Not kept: ${messageOf(error)}`); // the words stay in their box
    } finally {
      if (kind === "note") sending = "";
    }
  }

  /** @param {SubmitEvent} event */
  function noted(event) {
    event.preventDefault();
    const text = words.value.trim();
    if (text) void keep("note", text);
    else told.fail("Write something first, or set a bookmark.");
  }

  /** @param {Remark} remark */
  function add(remark) {
    if (listed.has(remark.id)) return; // read while it was being kept
    listed.add(remark.id);
    const what = remark.kind === "note" ? remark.text : remark.kind === "bookmark" ? "Bookmark" : "Flag";
    const time = minutes(remark.at_ms ?? 0);
    const row = h("li", { class: "note-row" }, h("span", { class: "note-time" }, time), h("span", { class: remark.kind === "note" ? "" : "soft" }, what), h("button", { class: "button quiet small", type: "button", "aria-label": `Delete what you kept at ${time}: ${what}`, onclick: () => void drop(remark, row) }, "Delete"));
    list.append(row);
    empty.hidden = true;
  }

  /** @param {Remark} remark @param {HTMLElement} row */
  async function drop(remark, row) {
    try {
      await calls.drop(id, remark.id);
      row.remove();
      empty.hidden = list.children.length > 0;
      told.say("Deleted.");
      words.focus();
    } catch (error) {
      told.fail(`Not deleted: ${messageOf(error)}`);
    }
  }

  async function read() {
    try {
      for (const each of await calls.remarks(id)) add(each);
    } catch (error) {
      say(empty, `What you kept before cannot be shown: ${messageOf(error)}`);
    }
  }

  const content = h(
    "section",
    { class: "stack-tight", "aria-labelledby": "notes-title" },
    h("h2", { id: "notes-title" }, "Your notes"),
    h("form", { class: "field", onsubmit: noted }, h("label", { for: "live-note" }, "A line about now"), h("div", { class: "row note-line" }, words, h("button", { class: "button", type: "submit" }, "Keep"), mark)),
    told.element,
    empty,
    list,
  );
  return { content, read, unsaved: () => words.value.trim() !== "" };
}
