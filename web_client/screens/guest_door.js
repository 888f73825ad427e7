// Coming in as a guest, to one room only: with an invitation, turned away, and finding the way back.

import { api, Refused } from "../app/api.js";
import { h } from "../app/dom.js";

/**
 * A room that guests come to. `key` names what is remembered in this window, `seen` finds out whether they may be there already.
 * @typedef {{key: string, eyebrow: string, here: string, opens: string, back: string, to: (id: string) => string, again?: string,
 *   seen?: (id: string) => Promise<unknown>}} GuestRoom
 */

/** Of whoever has no other room: the way back is known in this window. @param {GuestRoom} room @param {string} id */
export function remember({ key }, id) {
  try {
    sessionStorage.setItem(key, id);
  } catch {
    // a private window without storage: the address is the way back
  }
}

/** Whether who was invited to it has been in there, in this window. @param {GuestRoom} room @param {string} id */
export function wasIn({ key }, id) {
  return remembered(key) === id;
}

/** @param {string} key */
function remembered(key) {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/**
 * Trade an invitation for a place. A used one is no matter for whoever has the place already.
 * @param {GuestRoom} room
 * @param {string} ticket
 * @param {string} id
 * @returns {Promise<string>} why not; empty when they are in
 */
export async function enter({ seen }, ticket, id) {
  try {
    await api.signIn(ticket);
    return "";
  } catch (error) {
    if (!(error instanceof Refused) || !error.status) throw error;
    if (error.code === "signed_in_here") return error.message;
    const have = seen ? await seen(id).then(() => true, () => false) : false;
    return have ? "" : "This invitation was used already, has run out, or was taken back.";
  }
}

/** @param {GuestRoom} room @param {string} why */
export function turnedAway({ eyebrow, again }, why) {
  const content = h(
    "section",
    { class: "stack" },
    h("p", { class: "eyebrow" }, eyebrow),
    h("h1", null, "This invitation does not open the door"),
    h("p", { class: "note" }, why),
    h("p", { class: "lead" }, `An invitation is for one person, once, in a browser in which nobody is signed in. ${again ?? ""}`),
  );
  return { title: "Invitation", content, outside: true };
}

/** A guest has gone elsewhere. @param {GuestRoom} room */
export function onlyHere(room) {
  const id = remembered(room.key);
  const content = h(
    "section",
    { class: "stack" },
    h("p", { class: "eyebrow" }, room.eyebrow),
    h("h1", null, room.here),
    h("p", { class: "lead" }, room.opens),
    id && h("p", null, h("a", { class: "button", href: room.to(id) }, room.back)),
  );
  return { title: room.eyebrow, content, outside: true };
}
