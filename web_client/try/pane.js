// The debug pane beside a try-out: the clock, the moments and why, the facts, the state, and what each turn changed.

import { h, say } from "../app/dom.js";
import { statusLine, tabs } from "../app/parts.js";
import { minutes } from "../live/clock.js";
import { changes, isNewTurn } from "./changes.js";
import { factsPart, statePart } from "./facts.js";
import { moments } from "./moments.js";
import { taken } from "./words.js";

/** @typedef {import("../types/wire.js").ClientEvent} ClientEvent */
/** @typedef {import("../types/wire.js").Debug} Debug */
/** @typedef {import("../types/wire.js").ServerEvent} ServerEvent */

const MINUTE_MS = 60_000;

/** @param {{send: (event: ClientEvent) => boolean, wordsOf: (turn: string) => string}} host */
export function pane({ send, wordsOf }) {
  /** @type {Debug | null} */
  let last = null;
  const said = statusLine();
  const where = h("p", { class: "soft" }, "It begins when you go in.");
  const turn = h("p", null);
  const clock = jumping((to_ms) => tell({ type: "bedside.jump", to_ms }, `Asked to move on to ${minutes(to_ms)}.`), (message) => said.fail(message));
  const list = moments((beat) => tell({ type: "bedside.force", beat }, `Asked for ${beat}.`));
  const facts = factsPart();
  const state = statePart();
  const log = logOf(wordsOf);
  const parts = tabs(
    [
      { id: "moments", name: "Moments", content: list.content },
      { id: "facts", name: "Facts", content: facts.content },
      { id: "state", name: "State", content: state.content },
      { id: "log", name: "What changed", content: log.content },
    ],
    { label: "Inside the case" },
  );
  const content = h("section", { class: "inside stack-tight", "aria-labelledby": "inside-title" }, h("h2", { id: "inside-title" }, "Inside the case"), where, turn, clock.content, said.element, parts.element);

  /** @param {ClientEvent} event @param {string} asked */
  function tell(event, asked) {
    if (send(event)) said.say(asked);
    else said.fail("The line is down. Try again when it is back.");
  }

  /** @param {ServerEvent} event */
  function received(event) {
    if (event.type === "error" && event.error?.code === "cannot_steer") said.fail(event.error.message ?? "");
    if (event.type === "bedside.debug") frame(/** @type {Debug} */ (/** @type {unknown} */ (event)));
  }

  /** @param {Debug} now */
  function frame(now) {
    const changed = changes(last, now);
    const fresh = isNewTurn(last, now);
    last = now;
    log.add(now, fresh, changed);
    if (changed.length) said.say(changed.join("; "));
    say(where, `${minutes(now.at_ms)}${now.limit_ms === null ? "" : ` of ${minutes(now.limit_ms)}`}, minute ${now.case_minute} of the case. ${now.phase === "encounter" ? now.floor : now.phase}.`);
    say(turn, taken(now.last_turn));
    list.update(now.beats);
    facts.update(now);
    state.update(now);
  }

  return { content, received };
}

/** @param {(to_ms: number) => void} jump @param {(message: string) => void} fail */
function jumping(jump, fail) {
  const box = h("input", { id: "jump-to", type: "number", min: 0, step: "any", inputmode: "decimal", required: true });

  /** @param {SubmitEvent} event */
  function go(event) {
    event.preventDefault();
    const minute = box.valueAsNumber;
    if (Number.isFinite(minute) && minute >= 0) jump(Math.round(minute * MINUTE_MS));
    else fail("Give a minute of the encounter, for example 4 or 4.5.");
  }

  const content = h("form", { class: "field", novalidate: true, onsubmit: go }, h("label", { for: "jump-to" }, "Jump to minute"), h("div", { class: "row jump-line" }, box, h("button", { class: "button", type: "submit" }, "Jump")));
  return { content };
}

/** @param {(turn: string) => string} wordsOf */
function logOf(wordsOf) {
  const list = h("ol", { class: "plain inside-list inside-log" });
  const empty = h("p", { class: "soft" }, "Say something. What your words change is kept here, turn by turn, the newest first.");
  const content = h("div", { class: "stack" }, empty, list);
  /** @type {HTMLElement | null} */
  let entries = null;

  /** @param {Debug} frame @param {boolean} fresh @param {readonly string[]} changed */
  function add(frame, fresh, changed) {
    if (fresh || (!entries && changed.length)) begin(frame);
    entries?.append(...changed.map((each) => h("li", null, each)));
  }

  /** @param {Debug} frame */
  function begin(frame) {
    empty.hidden = true;
    entries = h("ul", null);
    const words = frame.last_turn ? wordsOf(frame.last_turn.id) : "";
    const heading = words ? h("q", null, words) : h("span", null, frame.last_turn ? "You did something" : "Before your first turn");
    list.prepend(h("li", { class: "card inside-row" }, h("p", null, h("span", { class: "note-time" }, minutes(frame.at_ms)), " ", heading), frame.last_turn ? h("p", { class: "soft" }, taken(frame.last_turn)) : null, entries));
  }

  return { content, add };
}
