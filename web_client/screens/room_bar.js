// The top of the room: who is here, the time, the notes, and the ways out.

import { h, say } from "../app/dom.js";
import { prefer, preferences } from "../app/preferences.js";
import { clockText } from "../live/clock.js";
import { listed, people } from "../live/people.js";
import * as wire from "../live/wire.js";
import { confirmed } from "./dialogs.js";
import { roleCard } from "./role_card.js";
import { roomWho } from "./room_who.js";

/** @typedef {import("../types/api.js").CaseBriefing} CaseBriefing */
/** @typedef {import("../types/wire.js").Member} Member */
/** @typedef {import("../live/session.js").Session} Session */

/**
 * @param {string} id of the encounter
 * @param {Session} session
 * @param {CaseBriefing} detail
 * @param {readonly Member[]} cast everybody of the case
 */
export function bar(id, session, detail, cast) {
  const time = h("button", { class: "button quiet small time", type: "button", onclick: toggleTime });
  const pause = h("button", { class: "button quiet small", type: "button", onclick: () => session.send(wire.pause) }, "Pause");
  const end = h("button", { class: "button quiet small", type: "button", onclick: () => void askEnd(session, cast) }, "End");
  const stop = h("button", { class: "button quiet small", type: "button", onclick: () => void askStop(session) }, "Stop");
  const who = roomWho(id, detail.title, cast);

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
    who.update(session.view);
  }

  const content = h("header", { class: "room-bar" }, who.content, h("div", { class: "room-tools" }, time, drawer(detail), pause, end, stop));
  return { content, update };
}

/** What was to be read beforehand, to be read again: the door note, and the card of who plays the patient. @param {CaseBriefing} detail */
function drawer(detail) {
  const card = detail.role_card;
  const note = [h("p", { class: "voice" }, detail.door_note), h("p", null, detail.task), h("p", { class: "soft" }, detail.setting)];
  return h(
    "details",
    { class: "note-drawer" },
    h("summary", { class: "button quiet small" }, card ? "Your card" : "Door note"),
    h("div", { class: "door-note", tabindex: "0", role: "region", "aria-label": card ? "Your card" : "Door note" }, ...(card ? [roleCard(card)] : []), ...note),
  );
}

/** @param {Session} session @param {readonly Member[]} cast */
async function askEnd(session, cast) {
  const here = listed(people(session.view.cast.length ? session.view.cast : cast).filter((each) => each.present).map((each) => each.name));
  const sure = await confirmed({
    title: "End the encounter?",
    text: [`You say goodbye to ${here || "them"} and go on to your reflection. You cannot come back into the room.`],
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
