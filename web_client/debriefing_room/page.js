// One debriefing: first it is prepared, then shown on the wall.

import { confirmed, pageHead, toast } from "../app/parts.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { whoIsHere } from "../app/shell.js";
import { messageOf } from "../app/trouble.js";
import { playlists, shown } from "./calls.js";
import { keeperOf } from "./keeping.js";
import { preparing } from "./preparing.js";
import { wall } from "./wall.js";

/** @param {string} id @returns {Promise<import("../app/main.js").Screen>} */
export async function debriefingPage(id) {
  const me = await whoIsHere();
  const [kept, bookmarks] = await Promise.all([keeperOf(id, me?.id ?? ""), playlists.bookmarks(id)]);
  const place = h("div");
  kept.renewed = prepare;
  const start = h("button", { class: "button primary", type: "button", onclick: () => void show() }, "Show it to the group");
  const drop = h("button", { class: "button quiet", type: "button", onclick: () => void dropped() }, "Delete it");

  /** @param {boolean} on */
  function onTheWall(on) {
    document.documentElement.toggleAttribute("data-wall", on);
    kept.onlyTrouble(on);
  }

  function prepare() {
    onTheWall(false);
    const above = [{ text: "Group debriefings", href: to.debriefings() }];
    const head = pageHead({ title: kept.playlist.title, above, lead: kept.playlist.course || "Your own encounters, for you alone", actions: [start, drop] });
    place.replaceChildren(h("article", { class: "stack-wide" }, head, kept.element, preparing(kept, bookmarks)));
  }

  /** What may be shown is asked once more, now. What is not saved stays on this page. */
  async function show() {
    if (!(await kept.now())) return toast("What is on this page is not saved yet. See above the moments.");
    try {
      const fresh = await playlists.read(id);
      if (kept.unsaved()) return void show(); // typed meanwhile
      kept.playlist = fresh;
    } catch (failure) {
      return toast(messageOf(failure));
    }
    if (!shown(kept.playlist).length) return toast("There is no moment to show yet. Add a bookmark first.");
    onTheWall(true);
    const screen = wall(kept, () => void back());
    place.replaceChildren(screen);
    screen.querySelector("h1")?.focus();
  }

  async function back() {
    await kept.now();
    prepare();
    start.focus();
  }

  async function dropped() {
    const text = ["Its notes and themes are deleted with it. Encounters and bookmarks stay."];
    if (!(await confirmed({ title: "Delete this debriefing?", text, yes: "Delete it", no: "Keep it" }))) return;
    try {
      await playlists.drop(id);
    } catch (failure) {
      return toast(messageOf(failure));
    }
    kept.stop();
    location.hash = to.debriefings();
  }

  function leave() {
    onTheWall(false);
    if (kept.renewed === prepare) kept.renewed = () => {}; // another page may have it by now
    void kept.now();
  }

  prepare();
  void kept.now();
  return { title: kept.playlist.title, content: place, wide: true, leave };
}
