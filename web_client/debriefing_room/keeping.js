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
  const choices = h("p", { class: "row", hidden: true }, h("button", { class: "button small", type: "button", onclick: () => void mine() }, "Keep what is on this page"), h("button", { class: "button small quiet", type: "button", onclick: () => void theirs() }, "Take theirs"));
  const kept = { playlist: first, element: h("div", { class: "stack-tight" }, line.element, choices), changed, now, renew };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let saving = Promise.resolve();

  /** Something was typed. */
  function changed() {
    clearTimeout(timer);
    timer = setTimeout(() => void now(), PAUSE_MS);
  }

  /** Save what is here, after what is being saved. @returns {Promise<void>} */
  function now() {
    clearTimeout(timer);
    saving = saving.then(save);
    return saving;
  }

  async function save() {
    try {
      const answer = await playlists.save(kept.playlist);
      kept.playlist.edition = answer.edition;
      answer.moments.forEach((moment, place) => Object.assign(kept.playlist.moments[place] ?? {}, { id: moment.id }));
      kept.playlist.phases = answer.phases;
      choices.hidden = true;
      line.say("Saved.");
    } catch (failure) {
      choices.hidden = !(failure instanceof Refused && failure.code === "changed_meanwhile");
      line.fail(`Not saved; it stays on this page. ${messageOf(failure)}`);
    }
  }

  async function mine() {
    kept.playlist.edition = (await playlists.read(kept.playlist.id)).edition;
    await now();
  }

  async function theirs() {
    await renew();
    choices.hidden = true;
    line.say("This is what was saved last.");
  }

  /** Read it anew, with the moments as they may be shown now. */
  async function renew() {
    kept.playlist = await playlists.read(kept.playlist.id);
    renewed();
  }

  return kept;
}
