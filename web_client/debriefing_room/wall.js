// The wall: one moment a screen, large, without names. Left and right go through the moments, down shows what came next.
// The keys work while the focus is on the wall and not in a field.

import { announce } from "../app/announcer.js";
import { h, foldable, list } from "../app/dom.js";
import { kindWords, shown } from "./calls.js";
import { noting } from "./noting.js";

/** @typedef {import("./calls.js").Line} Line */
/** @typedef {ReturnType<typeof import("./keeping.js").keeper>} Kept */

/** @param {Kept} kept @param {() => void} leave */
export function wall(kept, leave) {
  const moments = shown(kept.playlist);
  let place = 0;
  let revealed = false;
  const stage = h("div", { class: "wall-stage" });
  const where = h("h1", { class: "wall-where", tabindex: "-1" });
  const previous = h("button", { class: "button", type: "button", onclick: () => go(-1) }, "← Previous");
  const next = h("button", { class: "button", type: "button", onclick: () => go(1) }, "Next →");
  const reveal = h("button", { class: "button primary", type: "button", onclick: () => turnOver() }, "What came next");
  const notes = h("div");

  function show() {
    const moment = moments[place];
    if (!moment || !moment.at) return;
    where.textContent = `Moment ${place + 1} of ${moments.length}`;
    previous.disabled = place === 0;
    next.disabled = place === moments.length - 1;
    reveal.textContent = revealed ? "Hide what came next" : "What came next ↓";
    reveal.hidden = !moment.after.length;
    reveal.setAttribute("aria-expanded", String(revealed));
    stage.replaceChildren(
      h("ol", { class: "wall-lines" }, ...moment.before.map((line) => said(line, "wall-before")), said(moment.at, "wall-at"), ...(revealed ? moment.after.map((line) => said(line, "wall-after")) : [])),
      h("p", { class: "wall-question" }, moment.question || moment.asks),
    );
    notes.replaceChildren(noting(kept, moment, place));
  }

  /** @param {number} by */
  function go(by) {
    if (!moments[place + by]) return;
    place += by;
    revealed = false;
    show();
    announce(`Moment ${place + 1} of ${moments.length}`);
    where.focus();
  }

  function turnOver() {
    revealed = !revealed;
    show();
    if (revealed) announce(`What came next: ${(moments[place]?.after ?? []).map((line) => `${line.who}: ${line.text}`).join(" ")}`);
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.altKey || event.metaKey || target.matches("input, textarea, select, summary")) return;
    const deed = { ArrowRight: () => go(1), ArrowLeft: () => go(-1), ArrowDown: () => !revealed && turnOver(), ArrowUp: () => revealed && turnOver(), Escape: leave }[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  }

  const controls = h("p", { class: "row wall-controls" }, previous, reveal, next, h("button", { class: "button quiet", type: "button", onclick: leave }, "Leave the wall"));
  const keys = h("p", { class: "soft wall-keys" }, "Keys: ← and → go through the moments, ↓ shows what came next, ↑ hides it, Escape leaves.");
  const element = h("article", { class: "wall stack", tabindex: "-1", "aria-label": kept.playlist.title, onkeydown: pressed }, where, stage, controls, h("div", { class: "wall-under" }, guide(kept), notes), kept.element, keys);
  show();
  return element;
}

/** @param {Line} line @param {string} look */
function said(line, look) {
  const kind = kindWords(line);
  return h("li", { class: `${look} ${line.learner ? "of-learner" : "of-other"}` }, h("span", { class: "wall-who" }, kind ? `${line.who} ${kind}` : line.who), line.text && h("span", { class: "wall-words" }, line.text));
}

/** The questions of the frame that the case's author chose. @param {Kept} kept */
function guide({ playlist }) {
  const phases = playlist.phases.map((phase) => h("div", { class: "stack-tight" }, h("h3", null, phase.heading), list(phase.questions)));
  return foldable("Questions to guide the talk", h("div", { class: "stack" }, ...phases));
}
