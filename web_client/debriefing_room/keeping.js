// Saves a playlist as it is typed, one save after the other. What cannot be saved stays on the page and says so; it is
// tried again by itself, also after the page, and is there for whoever comes back to it.

import { h } from "../app/dom.js";
import { Refused } from "../app/api.js";
import { mayPass } from "../app/may_pass.js";
import { statusLine } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { playlists } from "./calls.js";

/** @typedef {import("./calls.js").Playlist} Playlist */
/** @typedef {ReturnType<typeof keeper>} Kept */

const PAUSE_MS = 700;
/** After a failure that may pass by itself, in milliseconds. */
const AGAIN_MS = 5000;

/** What was opened in this tab, by playlist and person. @type {Map<string, Kept>} */
const opened = new Map();

/**
 * What keeps a playlist: the one that still has something to save, else one of what the server holds.
 * @param {string} id @param {string} person their id
 */
export async function keeperOf(id, person) {
  const key = JSON.stringify([id, person]);
  const before = opened.get(key);
  if (before?.unsaved()) return before;
  const kept = keeper(await playlists.read(id));
  opened.set(key, kept);
  window.addEventListener("beforeunload", asked); // the same function is heard once, however many there are
  return kept;
}

/** A tab that is closed asks first while something is not saved. @param {Event} event */
function asked(event) {
  if ([...opened.values()].some((each) => each.unsaved())) event.preventDefault();
}

/** @param {Playlist} first */
function keeper(first) {
  const line = statusLine();
  const again = h("p", { hidden: true }, h("button", { class: "button small", type: "button", onclick: () => void now() }, "Try again"));
  const choices = h("p", { class: "row", hidden: true }, h("button", { class: "button small", type: "button", onclick: () => void settle(mine) }, "Keep what is on this page"), h("button", { class: "button small quiet", type: "button", onclick: () => void settle(theirs) }, "Take theirs"));
  const kept = {
    playlist: first,
    element: h("div", { class: "stack-tight" }, line.element, again, choices),
    changed, now, stop, onlyTrouble,
    unsaved: () => saves.waiting || saves.busy,
    /** Called once what is on the page was exchanged for what somebody else saved. */
    renewed: () => {},
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const saves = inTurn(save, () => soon(AGAIN_MS));
  let quiet = false;

  /** Something was typed. */
  function changed() {
    saves.waiting = true;
    soon(PAUSE_MS);
  }

  /** @param {number} milliseconds */
  function soon(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(() => void now(), milliseconds);
  }

  /** Save what is not saved yet, after what is being saved. @returns {Promise<boolean>} whether everything is saved */
  function now() {
    clearTimeout(timer);
    return saves.run();
  }

  async function save() {
    const { playlist } = kept;
    const sent = [...playlist.moments];
    try {
      const answer = await playlists.save(playlist);
      playlist.edition = answer.edition;
      answer.moments.forEach((moment, place) => Object.assign(sent[place] ?? {}, { id: moment.id }));
      playlist.phases = answer.phases;
      told("Saved.");
    } catch (failure) {
      const meanwhile = failure instanceof Refused && failure.code === "changed_meanwhile";
      choices.hidden = !meanwhile;
      again.hidden = meanwhile;
      line.fail(`Not saved; it stays on this page. ${messageOf(failure)}`);
      throw failure;
    }
  }

  /** @param {string} words */
  function told(words) {
    choices.hidden = again.hidden = true;
    line.say(quiet ? "" : words);
  }

  /** On the wall only what went wrong is told. @param {boolean} on */
  function onlyTrouble(on) {
    quiet = on;
    if (!saves.waiting) told("");
  }

  /** @param {() => Promise<void>} how */
  async function settle(how) {
    await how().catch((failure) => line.fail(`Nothing was changed; what you typed stays on this page. ${messageOf(failure)}`));
  }

  async function mine() {
    kept.playlist.edition = (await playlists.read(kept.playlist.id)).edition;
    saves.waiting = true;
    await now();
  }

  async function theirs() {
    kept.playlist = await playlists.read(kept.playlist.id);
    stop();
    kept.renewed();
    told("This is what was saved last.");
  }

  /** What is on the page is to be saved no more. */
  function stop() {
    clearTimeout(timer);
    saves.forget();
  }

  return kept;
}

/**
 * Saves one after the other, and only where something waits to be saved.
 * @param {() => Promise<void>} save
 * @param {() => void} later called after a failure that may pass by itself
 */
export function inTurn(save, later) {
  /** @type {Promise<boolean>} */
  let last = Promise.resolve(true);
  let forgotten = 0;

  async function once() {
    if (!saves.waiting) return true;
    const before = forgotten;
    [saves.waiting, saves.busy] = [false, true];
    try {
      await save();
    } catch (failure) {
      if (before === forgotten) saves.waiting = true; // the next change, or the next try, takes it along
      if (saves.waiting && mayPass(failure)) later();
    } finally {
      saves.busy = false;
    }
    return !saves.waiting;
  }

  /** What waits is saved no more, nor what is being saved if that fails. */
  function forget() {
    forgotten += 1;
    saves.waiting = false;
  }

  const saves = { waiting: false, busy: false, forget, run: () => (last = last.then(once)) };
  return saves;
}
