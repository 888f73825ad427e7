// Nobody is signed in: how to come in, and nothing else. Where nobody has an account, the start link is the one way.

import { h } from "../app/dom.js";
import { atTheDoor, forgetWho } from "../app/shell.js";
import { signInForm } from "../people/entrance.js";

/** @param {string} why the server's own sentence, or empty @param {{accounts: boolean}} [door] where it was asked already */
export async function signedOut(why, door) {
  const { accounts } = door ?? (await atTheDoor().catch(() => ({ accounts: false })));
  const content = accounts ? withAccounts(why) : withStartLink(why);
  return { title: accounts ? "Sign in" : "Signed out", content, outside: true };
}

/** @param {string} why */
function withAccounts(why) {
  return h(
    "section",
    { class: "card stack front-door" },
    h("p", { class: "eyebrow" }, "Bedside"),
    h("h1", null, "Sign in"),
    why && h("p", { class: "note" }, why),
    signInForm({ done: comeIn }),
    h("p", { class: "soft" }, "No password yet, or forgotten? Your lab's administrator sends you a link to choose one."),
    h("details", null, h("summary", null, "You run Bedside yourself"), startLink()),
  );
}

/** @param {string} why */
function withStartLink(why) {
  return h(
    "section",
    { class: "stack" },
    h("p", { class: "eyebrow" }, "Signed out"),
    h("h1", null, "Open Bedside with its start link"),
    why && h("p", { class: "note" }, why),
    startLink(),
    h("p", { class: "soft" }, "In a course, your instructor sends you the link."),
  );
}

function startLink() {
  return h(
    "div",
    { class: "stack" },
    h("p", { class: "lead" }, "Bedside prints a link when it starts. It works once, and signs this browser in."),
    h(
      "ol",
      { class: "steps" },
      h("li", null, "Go to the window in which Bedside is running."),
      h("li", null, "Follow the link that it printed, the one that ends in ", h("code", null, "#ticket=…"), "."),
      h("li", null, "If it was used already, stop Bedside and start it again: it prints a new one."),
    ),
  );
}

/** To the page that was asked for, now that somebody is here. */
function comeIn() {
  forgetWho();
  if (location.hash === "#/sign-in" || location.hash.startsWith("#ticket")) history.replaceState(null, "", "#/");
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}
