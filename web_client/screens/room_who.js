// Who is in the room, and who watches. Changes are said politely; the list itself is plain text.

import { announce } from "../app/announcer.js";
import { h, say } from "../app/dom.js";
import { comings, markOf, people, several, watchingWords } from "../live/people.js";
import { eye, personMark } from "./marks.js";
import { askWatchers } from "./watchers.js";

/** @typedef {import("../types/wire.js").Member} Member */
/** @typedef {import("../types/wire.js").View} View */

/**
 * @param {string} id of the encounter
 * @param {string} title of the case
 * @param {readonly Member[]} first everybody, before the server has spoken
 */
export function roomWho(id, title, first) {
  const crowd = several(first);
  const names = h("ul", { class: "present", "aria-label": "In the room" });
  const told = h("span", null, "Invite somebody to watch");
  const watchers = h("button", { class: "link-button watchers", type: "button", onclick: () => void askWatchers(id) }, told);
  /** @type {readonly Member[]} */
  let cast = [];
  let watching = 0;

  /** @param {readonly Member[]} now */
  function list(now) {
    names.replaceChildren(...people(now).filter((each) => each.present).map((each) => h("li", null, personMark(markOf(now, each.id)), each.name)));
  }

  /** @param {number} count */
  function watched(count) {
    if (count === watching) return;
    announce(count ? `${watchingWords(count)}.` : "Nobody is watching any more.");
    watching = count;
    say(told, count ? watchingWords(count) : "Invite somebody to watch");
    watchers.replaceChildren(...(count ? [eye(), told] : [told]));
  }

  /** @param {View} view */
  function update(view) {
    watched(view.watching);
    if (view.cast === cast || !view.cast.length) return;
    if (crowd) announce(comings(cast, view.cast));
    cast = view.cast;
    list(cast);
  }

  list(first);
  const content = h(
    "div",
    { class: "room-who" },
    h("h1", null, crowd ? title : (first[0]?.name ?? title)),
    crowd && names,
    h("p", { class: "soft" }, crowd ? "All played by software. " : "Played by software. It feels nothing. ", watchers),
  );
  return { content, update };
}
