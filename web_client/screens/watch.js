// The page of somebody who watches: what is said, as it is said. Beside it who was invited has the rubric, and who is on the
// staff their notes and cues.

import { api, Refused } from "../app/api.js";
import { signInAgain } from "../app/again.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { minutes } from "../live/clock.js";
import { comings, listed, people } from "../live/people.js";
import { announce } from "../app/announcer.js";
import { cueing } from "../watch/cueing.js";
import { notes } from "../watch/notes.js";
import { BLANK, Keeper } from "../watch/sheet.js";
import { WatchLine } from "../watch/line.js";
import { picking } from "../watch/picking.js";
import { rubricForm } from "../watch/rubric_form.js";
import { captions } from "./room_captions.js";
import { namesOf, roleName } from "./names.js";
import { sentAwayWords } from "./words.js";
import { comparing } from "./watch_compare.js";
import { remember, turnedAway, wasIn } from "./guest_door.js";
import { WATCHING } from "./guest_rooms.js";

/** @typedef {import("../types/api.js").Watching} Watching */
/** @typedef {import("../types/wire.js").Member} Member */

/** @param {string} id */
export async function watchPage(id) {
  /** @type {Watching} */
  let seen;
  try {
    seen = await api.watching(id);
  } catch (error) {
    if (error instanceof Refused && (error.status === 404 || (error.status === 401 && wasIn(WATCHING, id)))) return turnedAway(WATCHING, "This invitation was taken back or has run out, or the encounter was deleted.");
    throw error;
  }
  if (seen.standing === "observer") remember(WATCHING, id);
  return page(id, seen);
}

/** @param {string} id @param {Watching} seen */
function page(id, seen) {
  const learner = seen.learner || roleName(seen.speakers["learner"] ?? "");
  /** @type {Member[]} */
  const known = Object.entries(seen.speakers).filter(([one]) => one !== "learner").map(([one, name]) => ({ id: one, name, role_type: "", present: true }));
  const name = namesOf(known, seen.speakers, learner);
  let turns = seen.turns;
  const textOf = (/** @type {string} */ turn) => turns.find((each) => each.id === turn)?.text ?? "";
  const kept = h("p", { class: "soft", role: "status" });
  const keeper = new Keeper((sheet) => api.fillIn(id, sheet), (state, error) => say(kept, state === "failed" ? `Not saved: ${messageOf(error)}` : state === "saved" ? "Saved." : "Saving …"));
  const form = seen.rubric && seen.standing === "observer" ? rubricForm(seen.rubric, seen.mine ?? BLANK, { changed: (sheet) => keeper.change(sheet), picking: () => picks.update(), textOf }) : null;
  const picks = picking({
    may: (turn) => turns.some((each) => each.id === turn),
    active: () => form?.active() ?? null,
    picked: (turn) => Boolean(form?.sheet().quotes[form.active()?.id ?? ""]?.includes(turn)),
    pick: (turn) => form?.pick(turn),
  });
  const line = new WatchLine(id, {
    changed: () => render(),
    event: (event) => heard(event),
    transcript: async () => (turns = (await api.watching(id)).turns),
  });
  const cues = cueing((cue) => line.cue(cue));
  const noted = seen.standing === "staff" ? notes(id, { now: () => line.now, lastTurn: () => turns.at(-1)?.id ?? "" }) : null;
  const words = h("div", { class: "watch-words" });
  /** @type {ReturnType<typeof captions> | null} */
  let said = null;
  /** @type {readonly Member[]} */
  let cast = [];
  const state = h("p", { class: "watch-state", role: "status" });
  const time = h("p", { class: "soft watch-time" });
  const compare = comparing(id, { keeper, form, name, textOf, learner });

  /** All that was said before is on the page at once, and only what follows is read out. */
  let greeted = false;

  /** @param {import("../types/wire.js").ServerEvent} event */
  function heard(event) {
    if (event.type === "session.created") greeted = false;
    if (event.type === "bedside.present" || event.type === "session.created") came(event.cast ?? event.session?.bedside_cast ?? []);
    cues.received(event);
    if (greeted) said?.announce(event, line.view, true);
    if (event.type === "bedside.actions") greeted = true;
  }

  /** The cast is known when the line is open, and its marks with it. @param {readonly Member[]} now */
  function came(now) {
    announce(comings(cast, now));
    cast = now;
    if (!said) show(now);
  }

  /** @param {readonly Member[]} everybody */
  function show(everybody) {
    said = captions(everybody, { learner, empty: "Nothing has been said yet.", beside: picks.beside });
    words.replaceChildren(said.content);
  }

  function render() {
    if (line.closing?.taken) return reload(); // nothing of it stays on the page
    if (line.closing?.then === "signin") void backIn();
    said?.update(line.view);
    form?.update();
    picks.update();
    say(state, stateOf());
    tick();
    if (over() && !noted) compare.open(); // what observers gave, beside the draft, is not for staff who mark
    if (over()) cues.content.hidden = true; // there is nobody left to be brought anything
  }

  function reload() {
    until.abort();
    location.reload();
  }

  let asking = false;

  /** Their sign-in has ended: what they type stays, and the line is opened again once they are back. */
  async function backIn() {
    if (asking) return;
    asking = true;
    const back = await signInAgain("POST", new Refused(401, "sign_in_needed", ""));
    if (back) asking = false;
    if (back) line.start();
    else if (seen.standing === "observer") reload();
  }

  /** How long they have been in the room; beside the state, because a live region would say it every second. */
  function tick() {
    const known = Boolean(line.view.timer) && !over();
    say(time, known ? `${minutes(line.now)} in the room.` : "");
    time.hidden = !known;
  }

  const over = () => line.view.ended !== "" || line.closing?.then === "over" || seen.ended !== "";

  function stateOf() {
    const ended = line.view.ended || seen.ended;
    if (over()) return ended === "sent_away" ? sentAwayWords(lastSpeaker()) : "The encounter is over.";
    if (line.line === "waiting" || line.line === "connecting") return "Reconnecting.";
    if (line.line === "closed") return `${line.closing?.words ?? ""}${line.closing?.then === "signin" ? " Reload the page to go on watching." : ""}`;
    const here = listed(people(cast).filter((each) => each.present).map((each) => each.name));
    if (line.view.phase === "prebrief") return `${learner} has not gone in yet.`;
    return line.view.phase === "paused" ? "Paused. The clock stands still." : `Live: ${learner} with ${here}.`;
  }

  const lastSpeaker = () => name(turns.findLast((each) => each.speaker !== "learner")?.speaker ?? "");

  const content = h(
    "article",
    { class: "watch" },
    h("header", { class: "stack-tight" }, h("p", { class: "eyebrow" }, seen.standing === "staff" ? h("a", { href: to.running() }, "Running now") : "You are watching"), h("h1", null, seen.title), seen.learner && h("p", { class: "lead" }, seen.learner), state, time, h("p", { class: "soft" }, "You read along. Nobody hears you; the learner sees that somebody watches.")),
    compare.content,
    h("div", { class: "watch-both" }, h("section", { class: "watch-talk", "aria-label": "The talk" }, words), h("div", { class: "stack" }, noted?.content, cues.content, sheetPart(seen, form, kept))),
  );

  const ticking = setInterval(tick, 1000);
  const until = new AbortController();
  window.addEventListener("beforeunload", (event) => { if (keeper.unsaved() || noted?.unsaved()) event.preventDefault(); }, { signal: until.signal });

  function shown() {
    if (over() || seen.closed) {
      show(known);
      void line.recall();
    } else line.start();
    if (seen.closed) void compare.show();
    void noted?.read();
    render();
  }

  return { title: `Watching: ${seen.title}`, content, wide: true, shown, leave: () => { clearInterval(ticking); until.abort(); void keeper.flush(); line.leave(); } };
}

/** @param {Watching} seen @param {ReturnType<typeof rubricForm> | null} form @param {HTMLElement} kept */
function sheetPart(seen, form, kept) {
  if (seen.standing !== "observer") return null; // the staff mark afterwards, and nobody marks themselves here
  if (!form) return h("section", { class: "stack" }, h("h2", null, "Nothing is scored here"), h("p", null, "The learner plays the patient. Watch, and talk about it afterwards."));
  return h("section", { class: "stack", "aria-label": "Your marks" }, h("h2", null, "What do you see?"), h("p", { class: "soft" }, "Mark what you saw, quote the words it rests on. It is kept as you go."), kept, form.content);
}
