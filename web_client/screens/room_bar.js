// The top of the room: who this is, the time, the door note, and the ways out.

import { h, say } from "../app/dom.js";
import { prefer, preferences } from "../app/preferences.js";
import { clockText } from "../live/clock.js";
import * as wire from "../live/wire.js";
import { confirmed } from "./dialogs.js";

/** @typedef {import("../types/api.js").CaseBriefing} CaseBriefing */
/** @typedef {import("../types/api.js").Person} Person */
/** @typedef {import("../live/session.js").Session} Session */

/**
 * @param {Session} session
 * @param {CaseBriefing} detail
 * @param {Person} patient
 */
export function bar(session, detail, patient) {
  const time = h("button", { class: "button quiet small time", type: "button", onclick: toggleTime });
  const pause = h("button", { class: "button quiet small", type: "button", onclick: () => session.send(wire.pause) }, "Pause");
  const end = h("button", { class: "button quiet small", type: "button", onclick: () => void askEnd(session, patient) }, "End");
  const stop = h("button", { class: "button quiet small", type: "button", onclick: () => void askStop(session) }, "Stop");
  const note = h(
    "details",
    { class: "note-drawer" },
    h("summary", { class: "button quiet small" }, "Door note"),
    h("div", { class: "door-note" }, h("p", { class: "voice" }, detail.door_note), h("p", null, detail.task), h("p", { class: "soft" }, detail.setting)),
  );

  function toggleTime() {
    prefer({ timer: !preferences().timer });
    update();
  }

  function update() {
    const { timer, phase } = session.view;
    const shown = preferences().timer;
    const text = timer ? clockText(timer, performance.now() - session.timerAt) : "–:––";
    say(time, shown ? text : "Show time");
    // the time is its own switch, so that a narrow screen keeps its room for the words
    if (shown) time.setAttribute("aria-label", `${text}, hide time`);
    else time.removeAttribute("aria-label");
    time.classList.toggle("late", shown && Boolean(timer?.warning));
    pause.hidden = phase === "paused";
  }

  const content = h(
    "header",
    { class: "room-bar" },
    h("div", { class: "room-who" }, h("h1", null, patient.name), h("p", { class: "soft" }, "Played by software. It feels nothing.")),
    h("div", { class: "room-tools" }, time, note, pause, end, stop),
  );
  return { content, update };
}

/** @param {Session} session @param {Person} patient */
async function askEnd(session, patient) {
  const sure = await confirmed({
    title: "End the encounter?",
    text: [`You say goodbye to ${patient.name} and go on to your reflection. You cannot come back into the room.`],
    yes: "End and reflect",
    no: "Stay",
  });
  if (sure) session.send(wire.end("learner"));
}

/** @param {Session} session */
export async function askStop(session) {
  const sure = await confirmed({
    title: "Stop here?",
    text: [
      "Stopping costs nothing. Nothing is scored, no reflection is asked for, and nobody asks why.",
      "If something here was hard, the next page names people to talk to.",
    ],
    yes: "Stop",
    no: "Stay",
  });
  if (sure) session.send(wire.end("stop"));
}
