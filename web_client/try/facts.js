// The facts of a case that is being tried out: which may be told now, and what shuts the others; and how everybody is.

import { h } from "../app/dom.js";
import { minutes } from "../live/clock.js";
import { timerWords } from "./words.js";

/** @typedef {import("../types/wire.js").Debug} Debug */

/** A part of the pane that is drawn anew only when it says something else. @param {(frame: Debug) => Node[]} draw */
function part(draw) {
  const content = h("div", { class: "stack" });
  let drawn = "";

  /** @param {Debug} frame @param {unknown} key */
  function update(frame, key) {
    const now = JSON.stringify(key);
    if (now === drawn) return;
    drawn = now;
    content.replaceChildren(...draw(frame));
  }

  return { content, update };
}

export function factsPart() {
  const made = part((frame) => [h("ul", { class: "plain inside-list" }, ...frame.facts.map(factRow))]);
  return { content: made.content, update: (/** @type {Debug} */ frame) => made.update(frame, frame.facts) };
}

/** @param {import("../types/wire.js").DebugFact} fact */
function factRow(fact) {
  const state = fact.told ? "Told" : fact.open ? "May be told" : "Shut";
  return h(
    "li",
    { class: "card inside-row", "data-state": state.toLowerCase() },
    h("div", { class: "inside-head" }, h("h3", null, fact.id), h("span", { class: "tag" }, state), h("span", { class: "soft" }, fact.disclosure.replaceAll("_", " "))),
    h("p", null, `${fact.owner}: `, h("q", null, fact.text)),
    fact.open || !fact.why.length ? null : h("ul", null, ...fact.why.map((each) => h("li", null, each))),
  );
}

export function statePart() {
  const made = part((frame) => [...frame.people.map(personCard), timerCard(frame)]);
  return { content: made.content, update: (/** @type {Debug} */ frame) => made.update(frame, [frame.people, frame.timers]) };
}

/** @param {import("../types/wire.js").DebugPerson} person */
function personCard(person) {
  const rows = Object.entries(person.state).map(([name, value]) => h("div", { class: "inside-value" }, h("dt", null, name), h("dd", null, String(value))));
  return h(
    "section",
    { class: "card inside-row" },
    h("div", { class: "inside-head" }, h("h3", null, person.name), h("span", { class: "soft" }, person.present ? "here" : "not in the room"), person.mood ? h("span", { class: "soft" }, `mood: ${person.mood}`) : null),
    rows.length ? h("dl", null, ...rows) : h("p", { class: "soft" }, "No state of their own."),
  );
}

/** @param {Debug} frame */
function timerCard({ timers }) {
  const rows = timers.map(({ name, at_ms }) => h("div", { class: "inside-value" }, h("dt", null, timerWords(name)), h("dd", null, `at ${minutes(at_ms)}`)));
  return h("section", { class: "card inside-row" }, h("h3", null, "What time will do"), rows.length ? h("dl", null, ...rows) : h("p", { class: "soft" }, "Nothing, while the clock stands still."));
}
