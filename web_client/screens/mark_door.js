// Coming in with an invitation to mark, and being turned away.

import { api, Refused } from "../app/api.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";

const KEY = "bedside.marking";

/** So that the way back is known in this window. @param {string} id */
export function rememberMark(id) {
  try {
    sessionStorage.setItem(KEY, id);
  } catch {
    // a private window without storage: the address is the way back
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/**
 * Trade the invitation for a place. A used one is no matter for whoever has the place already.
 * @param {string} ticket
 * @param {string} id of the encounter
 * @returns {Promise<string>} why not; empty when they may mark
 */
export async function enterToMark(ticket, id) {
  try {
    await api.signIn(ticket);
    return "";
  } catch (error) {
    if (!(error instanceof Refused) || !error.status) throw error;
    if (error.code === "signed_in_here") return error.message;
    const have = await api.marking(id).then(() => true, () => false);
    return have ? "" : "This invitation was used already, has run out, or was taken back.";
  }
}

/** @param {string} why */
export function notAsked(why) {
  const content = h(
    "section",
    { class: "stack" },
    h("p", { class: "eyebrow" }, "Marking"),
    h("h1", null, "This invitation does not open the door"),
    h("p", { class: "note" }, why),
    h("p", { class: "lead" }, "An invitation is for one person, once, in a browser in which nobody is signed in. Ask for another link: marks that were saved are kept."),
  );
  return { title: "Invitation", content };
}

/** Somebody who may mark one encounter has gone elsewhere. */
export function onlyMarking() {
  const id = remembered();
  const content = h(
    "section",
    { class: "stack" },
    h("p", { class: "eyebrow" }, "Marking"),
    h("h1", null, "You are here to mark"),
    h("p", { class: "lead" }, "Your invitation opens one encounter, its words and its questions, and nothing else."),
    id && h("p", null, h("a", { class: "button", href: to.mark(id) }, "Back to marking")),
  );
  return { title: "Marking", content };
}
