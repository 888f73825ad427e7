// The moments of a case that is being tried out: where each stands, why it came or does not come, and a button to force it.

import { fill, h, say } from "../app/dom.js";
import { minutes } from "../live/clock.js";
import { because, STATUS } from "./words.js";

/** @typedef {import("../types/wire.js").DebugBeat} Beat */

/** @param {(beat: string) => void} force */
export function moments(force) {
  /** @type {Map<string, ReturnType<typeof momentOf>>} */
  const made = new Map();
  const list = h("ol", { class: "plain inside-list" });

  /** @param {readonly Beat[]} beats */
  function update(beats) {
    for (const beat of beats) {
      let row = made.get(beat.id);
      if (!row) {
        row = momentOf(beat, force);
        made.set(beat.id, row);
        list.append(row.content);
      }
      row.update(beat);
    }
  }

  return { content: list, update };
}

/** @param {Beat} first @param {(beat: string) => void} force */
function momentOf(first, force) {
  let now = first;
  let drawn = "";
  const status = h("span", { class: "tag" });
  const why = h("div", { class: "inside-why" });
  const hint = h("p", { class: "soft", id: `force-${first.id}` });
  const button = h("button", { class: "button small quiet", type: "button", "aria-label": `Force ${first.id}`, "aria-describedby": hint.id, onclick: () => !now.cannot_force && force(now.id) }, "Force");

  /** @param {Beat} beat */
  function update(beat) {
    now = beat;
    say(status, STATUS[beat.status]);
    content.dataset["status"] = beat.status;
    if (beat.cannot_force) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
    say(hint, beat.cannot_force);
    const key = JSON.stringify([beat.why, beat.trigger, beat.because, beat.due_ms, beat.status]);
    if (key === drawn) return; // what is the same keeps its place under a reader's eyes
    drawn = key;
    why.replaceChildren();
    fill(why, ...reasons(beat));
  }

  const content = h(
    "li",
    { class: "card inside-row" },
    h("div", { class: "inside-head" }, h("h3", null, first.id), status, h("span", { class: "soft" }, `${first.kind}, ${first.core ? "core" : "earned"}`)),
    h("p", null, `${first.speaker}: `, h("q", null, first.line)),
    why,
    h("p", { class: "row" }, button, hint),
  );
  update(first);
  return { content, update };
}

/** @param {Beat} beat */
function reasons(beat) {
  const came = beat.because && beat.status !== "hidden" ? h("p", null, `It came because ${because(beat.because)}.`) : null;
  const due = beat.due_ms !== null && beat.status === "hidden" ? h("p", { class: "soft" }, `At ${minutes(beat.due_ms)} it comes whatever happens.`) : null;
  const held = beat.status === "hidden" && beat.why.length ? h("ul", null, ...beat.why.map((each) => h("li", null, each))) : null;
  return [came, held, due, conditions(beat)];
}

/** Its trigger: what must all hold, and of what one is enough. @param {Beat} beat */
function conditions({ id, trigger }) {
  const groups = [clauses("All of these", trigger.filter(({ needed }) => needed === "all")), clauses("One of these", trigger.filter(({ needed }) => needed === "any"))];
  if (!trigger.length) return null;
  return h("details", null, h("summary", { "aria-label": `Its trigger, part by part: ${id}` }, "Its trigger, part by part"), ...groups);
}

/** @param {string} title @param {readonly import("../types/wire.js").DebugClause[]} list */
function clauses(title, list) {
  if (!list.length) return null;
  const items = list.map(({ parts }) => h("li", null, ...parts.map(part)));
  return h("div", null, h("p", { class: "soft" }, title), h("ul", null, ...items));
}

/** @param {{text: string, holds: boolean, now: string}} part @param {number} at */
function part({ text, holds, now }, at) {
  const state = h("strong", { class: holds ? "holds" : "fails" }, holds ? "holds" : "does not hold");
  return h("p", null, at ? h("span", { class: "soft" }, "and ") : "", h("code", null, text), " ", state, now && !holds ? ` (it is ${now})` : "");
}
