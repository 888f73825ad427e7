// The page that an invitation to an account opens, and a link after a reset: choose a password, and be signed in.

import { h } from "../app/dom.js";
import { Refused } from "../app/api.js";
import { field, form, pageHead } from "../app/parts.js";
import { forgetWho } from "../app/shell.js";
import { people } from "./calls.js";
import { reveal } from "./entrance.js";

export const HINT = "At least 8 characters. Three or four words that have nothing to do with each other are easy to remember and hard to guess.";

/** @param {string} ticket */
export async function choosingPage(ticket) {
  try {
    const invited = await people.invitation(ticket);
    return { title: "Choose a password", content: choosing(ticket, invited), outside: true };
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 404) return notGood(failure.message);
    throw failure;
  }
}

/** @param {string} ticket @param {{name: string, sign_in: string}} invited */
function choosing(ticket, { name, sign_in }) {
  const who = field({ label: "You sign in as", control: h("input", { type: "text", value: sign_in, readonly: true, autocomplete: "username" }) });
  const control = h("input", { name: "password", type: "password", required: true, maxlength: 256, autocomplete: "new-password" });
  const password = field({ label: "Your new password", control, hint: HINT });

  async function send() {
    await people.choose(ticket, control.value);
    forgetWho();
    history.replaceState(null, "", "#/");
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }

  return h(
    "section",
    { class: "card stack front-door" },
    pageHead({ title: `Welcome, ${name}`, lead: "Choose a password, and you are in. This link works once." }),
    form({ fields: [who, password], submit: "Keep it and go in", send, more: [reveal(control)] }),
  );
}

/** @param {string} why */
function notGood(why) {
  const content = h(
    "section",
    { class: "stack" },
    h("p", { class: "eyebrow" }, "Invitation"),
    h("h1", null, "This link does not open the door"),
    h("p", { class: "note" }, why),
    h("p", null, h("a", { class: "button", href: "#/sign-in" }, "To the sign-in")),
  );
  return { title: "Invitation", content, outside: true };
}
