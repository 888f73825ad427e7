// Saves a playlist as it is typed, one save after the other. What cannot be saved stays on the page and says so.

import { h } from "../app/dom.js";
import { Refused } from "../app/api.js";
import { statusLine } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { playlists } from "./calls.js";

/** @typedef {import("./calls.js").Playlist} Playlist */

const PAUSE_MS = 700;

/**
 * @param {Playlist} first
 * @param {() => void} renewed called once what is on the page was exchanged for what somebody else saved
 */
export function keeper(first, renewed) {
  const line = statusLine();
  const again = h("p", { hidden: true }, h("button", { class: "button small", type: "button", onclick: () => void now() }, "Try again"));
  const choices = h("p", { class: "row", hidden: true }, h("button", { class: "button small", type: "button", onclick: () => void settle(mine) }, "Keep what is on this page"), h("button", { class: "button small quiet", type: "button", onclick: () => void settle(theirs) }, "Take theirs"));
  const kept = {
    playlist: first,
    element: h("div", { class: "stack-tight" }, line.element, again, choices),
    changed, now, stop, onlyTrouble,
    unsaved: () => saves.waiting,
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const saves = inTurn(save);
  let quiet = false;

  /** Something was typed. */
  function changed() {
    saves.waiting = true;
    clearTimeout(timer);
    timer = setTimeout(() => void now(), PAUSE_MS);
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
    renewed();
    told("This is what was saved last.");
  }

  /** What is on the page is to be saved no more. */
  function stop() {
    clearTimeout(timer);
    saves.waiting = false;
  }

  return kept;
}

/**
 * Saves one after the other, and only where something waits to be saved.
 * @param {() => Promise<void>} save
 */
export function inTurn(save) {
  /** @type {Promise<boolean>} */
  let last = Promise.resolve(true);

  async function once() {
    if (!saves.waiting) return true;
    saves.waiting = false;
    try {
      await save();
    } catch {
      saves.waiting = true; // the next change, or the next try, takes it along
    }
    return !saves.waiting;
  }

  const saves = { waiting: false, run: () => (last = last.then(once)) };
  return saves;
}
