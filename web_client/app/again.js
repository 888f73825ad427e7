// A sign-in that ends while somebody works: they are asked once more, on the page that they are on, and what they sent
// is sent again. Nothing that was typed is lost.

import { h } from "./dom.js";
import { modal } from "./parts.js";
import { whoWasHere } from "./shell.js";
import { signInForm } from "../people/entrance.js";

/** @typedef {import("./pages.js").Me} Me */
/** @typedef {import("./api.js").Refused} Refused */

/** The dialog that is open. @type {Promise<boolean> | null} */
let asking = null;
/** They closed it; what the page reads by itself does not open it again, what they send does. */
let declined = false;

const GUESTS = ["observer", "marker", "member"];

/**
 * Whether the request may be sent once more. False for whoever was not known on this page, has no way in of their own,
 * or would rather not.
 * @param {string} method
 * @param {Refused} refused
 * @returns {Promise<boolean>}
 */
export async function signInAgain(method, refused) {
  const who = whoWasHere();
  if (!who || refused.code === "account_closed" || who.roles.some((role) => GUESTS.includes(role))) return false;
  if (declined && method === "GET" && !asking) return false;
  asking ??= asked(who).finally(() => (asking = null));
  declined = !(await asking);
  return !declined;
}

/** @param {Me} who */
async function asked(who) {
  const { close, closed } = modal(
    "Please sign in again",
    h("p", null, "Your sign-in has ended. What you typed is still here, and is sent as soon as you are back."),
    who.one_person ? byStartLink(() => close("in")) : signInForm({ name: who.sign_in, done: () => close("in") }),
    h("p", null, h("button", { class: "button quiet", type: "button", onclick: () => close() }, "Not now")),
  );
  return (await closed) === "in";
}

/** @param {() => void} done */
function byStartLink(done) {
  return h(
    "div",
    { class: "stack-tight" },
    h("p", null, "Open a new start link in another tab of this browser: Bedside prints one whenever it starts. Then come back here."),
    h("p", null, h("button", { class: "button primary", type: "button", onclick: done }, "I am back: send it")),
  );
}

window.addEventListener("hashchange", () => (declined = false));
