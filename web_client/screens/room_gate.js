// What stands between the learner and the room: a pause, a line that was closed, sound that the browser still withholds.

import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import * as wire from "../live/wire.js";
import { askStop } from "./room_bar.js";

/** @typedef {import("../live/session.js").Session} Session */
/** @typedef {import("../live/voice.js").Voice} Voice */

/**
 * @param {Session} session
 * @param {Voice} voice
 * @param {{waits: string, goOn: () => void, endedBy: () => string}} wish `waits`: who waits while it is paused; `endedBy`: who
 *   ended the conversation, empty where the learner did
 */
export function gate(session, voice, { waits, goOn, endedBy }) {
  const resume = h("button", { class: "button primary", type: "button", onclick: () => session.send(wire.resume) }, "Resume");
  const stop = h("button", { class: "button quiet", type: "button", onclick: () => void askStop(session) }, "Stop");
  const why = h("p", null);
  const paused = h("div", { class: "gate", hidden: true }, why, h("div", { class: "row" }, resume, stop));

  const again = h("button", { class: "button primary", type: "button", onclick: () => session.start() }, "Go on here");
  const reason = h("p", null);
  const closed = h("div", { class: "gate", hidden: true }, reason, h("div", { class: "row" }, again, h("a", { class: "button quiet", href: to.lobby() }, "To the cases")));

  const waiting = h("p", { class: "gate", hidden: true });
  const wake = h("button", { class: "button", type: "button", onclick: () => void voice.wake() }, "Turn the sound on");
  const asleep = h("div", { class: "gate", hidden: true }, h("p", null, "Your browser waits for a click before it lets sound out."), wake);
  const onward = h("button", { class: "button primary", type: "button", onclick: goOn }, "Go on to your reflection");
  const who = h("p", { role: "status" });
  const away = h("div", { class: "gate", hidden: true }, who, h("p", { class: "soft" }, "That happens with real people too. It can be looked back on now, and tried again."), h("div", { class: "row" }, onward));
  /** @type {"" | "away" | "paused" | "closed"} */
  let before = "";

  function update() {
    const { phase, reason: cause, notices } = session.view;
    const distress = cause === "safety" ? notices.findLast((each) => each.code === "learner_distress") : undefined;
    paused.hidden = phase !== "paused" || session.line !== "open";
    say(why, distress?.message ?? `${waits} Nothing is lost, and the clock stands still. Take the time you need.`);
    closed.hidden = session.line !== "closed";
    say(reason, session.closing?.words ?? "");
    waiting.hidden = session.line !== "waiting";
    say(waiting, `${session.closing?.words ?? ""} We are trying again. What you type now is kept and sent when the line is back.`);
    asleep.hidden = !voice.asleep || session.line !== "open";
    away.hidden = !endedBy();
    say(who, endedBy());
    if (!away.hidden) closed.hidden = waiting.hidden = paused.hidden = true;
    focusOnce();
  }

  /** Somebody at the keyboard should not have to look for the way on. */
  function focusOnce() {
    /** @type {"" | "away" | "paused" | "closed"} */
    const now = !away.hidden ? "away" : !paused.hidden ? "paused" : !closed.hidden ? "closed" : "";
    if (now === before) return;
    before = now;
    if (now) ({ away: onward, paused: resume, closed: again })[now].focus();
  }

  return { content: h("div", null, away, paused, closed, waiting, asleep), update };
}
