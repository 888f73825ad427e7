// The room. It joins the session, the voice and the parts of the screen; each of those knows nothing of the others.

import { announce } from "../app/announcer.js";
import { api } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { preferences } from "../app/preferences.js";
import { to } from "../app/routes.js";
import { named, sentBy } from "../live/people.js";
import { stateOf, stateWords } from "../live/state_words.js";
import { Session } from "../live/session.js";
import { Voice } from "../live/voice.js";
import * as wire from "../live/wire.js";
import { able } from "./consent.js";
import { captions } from "./room_captions.js";
import { bar } from "./room_bar.js";
import { dock } from "./room_dock.js";
import { notices } from "./room_notices.js";
import { gate } from "./room_gate.js";
import { stateLine } from "./room_state.js";
import { membersOf, namesOf } from "./names.js";
import { sentAwayWords } from "./words.js";

/** @typedef {import("../types/wire.js").ServerEvent} ServerEvent */
/** @typedef {import("../live/state_words.js").Situation} Situation */

/**
 * The room as a part of another page, always in writing: that page knows the case, hears every event, and goes on by itself.
 * @typedef {{detail: import("../types/api.js").CaseBriefing, joined: (session: Session) => void, event: (event: ServerEvent) => void, over: () => void}} Within
 */

/** @param {string} id @param {Within} [within] */
export async function encounterPage(id, within) {
  const encounter = await api.encounter(id);
  if (encounter.phase === "reflection" || encounter.phase === "done") return moveOn(id, encounter.phase);
  const [detail, health] = await Promise.all([within?.detail ?? api.caseOf(encounter.id), api.health()]);
  const chosen = preferences();
  const byVoice = !within && chosen.way === "voice" && able(health.engines, "hearing").ready;
  const aloud = !within && chosen.aloud && able(health.engines, "speaking").ready;
  const handsFree = chosen.talk === "hands_free";
  const cast = membersOf(detail.cast, encounter.speakers);
  const nameOf = namesOf(cast, encounter.speakers);
  const alone = named(cast, "");

  const voice = new Voice(
    {
      send: (event) => session.send(event),
      sendSound: (event) => session.line === "open" && session.connection.sendSound(event),
      level: (peak) => line.level(peak),
      changed: () => render(),
    },
    { aloud, handsFree, device: chosen.device },
  );
  const session = new Session(id, {
    changed: () => render(),
    event: (event) => heard(event),
    settings: () => wire.settings({ aloud, talk: chosen.talk, rate: byVoice ? voice.rate : null }),
    transcript: async () => (await api.encounter(id)).turns,
  });

  within?.joined(session);
  const controls = { session, voice, byVoice, handsFree, talk: chosen.talk, problem };
  const top = bar(id, session, detail, cast);
  const words = captions(cast);
  const line = stateLine(byVoice);
  const told = notices();
  const below = dock(controls);
  const closed = gate(session, voice, {
    waits: alone.alone ? `${alone.name} waits.` : "Everybody waits.",
    goOn: () => finish(session.view.phase),
    endedBy: () => (session.view.ended === "sent_away" ? sentAwayWords(sentBy(session.view.lines, nameOf)) : ""),
  });

  /** @param {ServerEvent} event */
  function heard(event) {
    voice.received(event);
    within?.event(event);
    if (event.type === "bedside.notice" && event.code !== "paused") told.add(event.message ?? "", event.code === "time_warning" || event.code === "time_up");
    if (event.type === "bedside.microphone") told.add(`${event.message ?? ""} ${event.mend ?? ""}`, false);
    words.announce(event, session.view, !aloud);
    if (event.type === "bedside.phase") phaseIs(event.phase ?? "");
    // who was sent away is told so first, and goes on by themselves
    if (event.type === "bedside.ended" && event.reason !== "sent_away") finish(session.view.phase);
  }

  /** @param {string} phase */
  function phaseIs(phase) {
    if (phase === "encounter") below.open();
    else voice.hush();
  }

  /** @param {import("../audio/problems.js").Problem} found */
  function problem(found) {
    told.add(`${found.title} ${found.mend}`, false);
  }

  /** @returns {Situation} */
  const situation = () => ({
    line: session.line,
    phase: session.view.phase,
    floor: session.view.floor,
    talking: voice.talking && !handsFree,
    playing: voice.playing,
    holding: below.holding(),
    handsFree: handsFree && voice.talking,
    voice: byVoice,
  });

  let lastLine = session.line;
  function render() {
    if (session.line !== lastLine && session.line !== "open") voice.hush();
    lastLine = session.line;
    if (session.refusal) {
      told.add(session.refusal, session.passing);
      session.refusal = "";
    }
    if (session.closing?.then === "over") void over();
    if (session.closing?.then === "signin") return location.reload();
    const now = situation();
    const key = stateOf(now);
    line.show(key, stateWords(key, named(session.view.cast.length ? session.view.cast : cast, session.view.speaker), now));
    top.update();
    words.update(session.view);
    closed.update();
    below.update(key);
  }

  /** The socket says that it is over: where it goes on is in the encounter. */
  async function over() {
    if (session.view.ended === "sent_away") return;
    const { phase } = await api.encounter(id);
    finish(phase);
  }

  /** @param {string} phase */
  function finish(phase) {
    if (within) return within.over();
    if (location.hash !== to.encounter(id)) return;
    announce("The encounter is over.");
    location.replace(phase === "done" ? to.report(id) : to.reflection(id));
  }

  const content = h("section", { class: "room" }, top.content, words.content, told.content, h("div", { class: "dock" }, line.content, closed.content, below.content));
  const clock = setInterval(() => top.update(), 500);

  async function shown() {
    say(document.querySelector("#announcer") ?? document.body, "");
    if (encounter.turns.length) await session.recall();
    if (aloud || byVoice) await voice.start();
    session.start();
    if (encounter.retry_of) told.add("You are back in that moment. What stands above was said before; you go on from here.", true);
    render();
  }

  function leave() {
    clearInterval(clock);
    below.leave();
    session.leave();
    voice.leave();
  }

  return { title: alone.alone ? `With ${alone.name}` : detail.title, content, wide: true, leave, shown: () => void shown() };
}

/** @param {string} id @param {string} phase */
function moveOn(id, phase) {
  location.replace(phase === "done" ? to.report(id) : to.reflection(id));
  return { title: "The encounter is over", content: h("p", { class: "soft" }, "This encounter is over.") };
}
