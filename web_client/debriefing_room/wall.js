// The wall: one moment a screen, large, without names. The words scroll in their own place; the question and the buttons
// stay where they are. Left and right go through the moments, down shows what came next. The keys work while the focus is
// on the wall and not in a field.

import { announce } from "../app/announcer.js";
import { fill, h, list, say } from "../app/dom.js";
import { kindWords, shown } from "./calls.js";
import { noting } from "./noting.js";

/** @typedef {import("./calls.js").Line} Line */
/** @typedef {import("./keeping.js").Kept} Kept */

const SCROLLS = ["ArrowDown", "ArrowUp", "PageDown", "PageUp"];

/** @param {Kept} kept @param {() => void} leave */
export function wall(kept, leave) {
  const moments = shown(kept.playlist);
  let place = 0;
  let revealed = false;
  const lines = h("ol", { class: "wall-lines" });
  const stage = h("div", { class: "wall-stage", tabindex: "0", role: "region", "aria-label": "The moment" }, lines);
  const question = h("p", { class: "wall-question" });
  const where = h("h1", { class: "wall-where", tabindex: "-1" });
  const previous = h("button", { class: "button", type: "button", onclick: () => go(-1) }, "← Previous");
  const next = h("button", { class: "button", type: "button", onclick: () => go(1) }, "Next →");
  const reveal = h("button", { class: "button primary", type: "button", onclick: () => turnOver() });
  const notes = h("div");
  const beside = [panel("Questions to guide the talk", guide(kept)), panel("Notes and themes", notes)];

  function show() {
    const moment = moments[place];
    if (!moment?.at) return;
    say(where, `Moment ${place + 1} of ${moments.length}`);
    previous.disabled = place === 0;
    next.disabled = place === moments.length - 1;
    reveal.hidden = !moment.after.length;
    lines.replaceChildren(...moment.before.map((line) => said(line, "wall-before")), said(moment.at, "wall-at"));
    stage.scrollTop = 0;
    say(question, moment.question || moment.asks);
    notes.replaceChildren(noting(kept, moment, place));
    turned(false);
  }

  /** @param {boolean} now */
  function turned(now) {
    revealed = now;
    say(reveal, now ? "Hide what came next ↑" : "What came next ↓");
    reveal.setAttribute("aria-expanded", String(now));
  }

  /** @param {number} by */
  function go(by) {
    if (!moments[place + by]) return;
    place += by;
    show();
    announce(`Moment ${place + 1} of ${moments.length}`);
    where.focus();
  }

  function turnOver() {
    const after = moments[place]?.after ?? [];
    if (!after.length) return;
    turned(!revealed);
    if (!revealed) return lines.querySelectorAll(".wall-after").forEach((each) => each.remove());
    const rows = after.map((line) => said(line, "wall-after"));
    fill(lines, ...rows);
    inSight(stage, rows);
    announce(`What came next: ${after.map((line) => `${line.who}: ${line.text}`).join(" ")}`);
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.altKey || event.metaKey || target.matches("input, textarea, select")) return;
    if (SCROLLS.includes(event.key) && aside.contains(target)) return; // what is beside the words scrolls by itself
    const page = 0.8 * stage.clientHeight;
    const deeds = {
      ArrowRight: () => go(1),
      ArrowLeft: () => go(-1),
      ArrowDown: () => !revealed && turnOver(),
      ArrowUp: () => revealed && turnOver(),
      PageDown: () => stage.scrollBy({ top: page }),
      PageUp: () => stage.scrollBy({ top: -page }),
      Escape: leave,
    };
    const deed = /** @type {Record<string, () => void>} */ (deeds)[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  }

  const buttons = h("p", { class: "row wall-controls" }, previous, reveal, next, ...beside.map((each) => each.button), h("button", { class: "button quiet", type: "button", onclick: leave }, "Leave the wall"));
  const keys = h("p", { class: "soft wall-keys" }, "Keys: ← and → go through the moments, ↓ shows what came next, ↑ hides it, Escape leaves.");
  const foot = h("div", { class: "wall-foot" }, question, buttons, kept.element, keys);
  const aside = h("div", { class: "wall-beside", tabindex: "0", role: "group", "aria-label": "Beside the words" }, ...beside.map((each) => each.content));
  const element = h("article", { class: "wall", tabindex: "-1", "aria-label": kept.playlist.title, onkeydown: pressed }, where, stage, aside, foot);
  show();
  return element;
}

/**
 * All that has just come is in sight; where that is more than fits, it is read from its beginning.
 * @param {HTMLElement} stage @param {readonly HTMLElement[]} rows
 */
function inSight(stage, rows) {
  rows.at(-1)?.scrollIntoView({ block: "nearest" });
  const [first] = rows;
  if (first && first.getBoundingClientRect().top < stage.getBoundingClientRect().top) first.scrollIntoView({ block: "start" });
}

/** What is opened beside the words by a button, and closed by it. @param {string} name @param {HTMLElement} inside */
function panel(name, inside) {
  const id = `wall-${name.split(" ")[0]?.toLowerCase()}`;
  const content = h("section", { id, "aria-label": name, hidden: true }, inside);
  const button = h("button", { class: "button quiet", type: "button", "aria-expanded": "false", "aria-controls": id, onclick: turn }, name);

  function turn() {
    content.hidden = !content.hidden;
    button.setAttribute("aria-expanded", String(!content.hidden));
  }

  return { content, button };
}

/** @param {Line} line @param {string} look */
function said(line, look) {
  const kind = kindWords(line);
  return h("li", { class: `${look} ${line.learner ? "of-learner" : "of-other"}` }, h("span", { class: "wall-who" }, kind ? `${line.who} ${kind}` : line.who), line.text && h("span", { class: "wall-words" }, line.text));
}

/** The questions of the frame that the case's author chose. @param {Kept} kept */
function guide({ playlist }) {
  const phases = playlist.phases.map((phase) => h("div", { class: "stack-tight" }, h("h2", null, phase.heading), list(phase.questions)));
  return h("div", { class: "stack" }, ...phases);
}
