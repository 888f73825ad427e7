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
 * @param {string} name
 */
export function gate(session, voice, name) {
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
  let before = "";

  function update() {
    const { phase, reason: cause, notices } = session.view;
    const distress = cause === "safety" ? notices.findLast((each) => each.code === "learner_distress") : undefined;
    paused.hidden = phase !== "paused" || session.line !== "open";
    say(why, distress?.message ?? `${name} waits. Nothing is lost, and the clock stands still. Take the time you need.`);
    closed.hidden = session.line !== "closed";
    say(reason, session.closing?.words ?? "");
    waiting.hidden = session.line !== "waiting";
    say(waiting, `${session.closing?.words ?? ""} We are trying again. What you type now is kept and sent when the line is back.`);
    asleep.hidden = !voice.asleep || session.line !== "open";
    focusOnce();
  }

  /** Somebody at the keyboard should not have to look for the way on. */
  function focusOnce() {
    const now = !paused.hidden ? "paused" : !closed.hidden ? "closed" : "";
    if (now === before) return;
    before = now;
    if (now) (now === "paused" ? resume : again).focus();
  }

  return { content: h("div", null, paused, closed, waiting, asleep), update };
}
