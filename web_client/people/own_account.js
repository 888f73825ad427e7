// One's own account: who one is here, another password, and signing out elsewhere.

import { api } from "../app/api.js";
import { h } from "../app/dom.js";
import { field, form, pageHead, section, statusLine } from "../app/parts.js";
import { forgetWho } from "../app/shell.js";
import { messageOf } from "../app/trouble.js";
import { people } from "./calls.js";
import { HINT } from "./choosing.js";
import { reveal } from "./entrance.js";
import { ROLES, timeWords } from "./words.js";

/** @typedef {import("../app/pages.js").Me} Me */

export async function accountPage() {
  const me = await api.me();
  const named = !me.one_person;
  const content = h(
    "div",
    { class: "stack-wide" },
    pageHead({ title: "Your account", lead: named ? `You are signed in as ${me.name}.` : "You came in by the start link, which opens everything and has no password." }),
    named ? about(me) : startLink(),
    named && password(),
    everywhere(),
  );
  return { title: "Your account", content };
}

/** @param {Me} me */
function about(me) {
  const facts = [["Name", me.name], ["You sign in as", me.sign_in], ["Roles", ROLES.filter((role) => me.roles.includes(role)).join(", ")], ["Time accommodation", timeWords(me.time_percent)]];
  return section(
    "Who you are here",
    h("dl", { class: "terms" }, ...facts.flatMap(([term, words]) => [h("dt", null, term), h("dd", null, words)])),
    h("p", { class: "soft" }, "Your lab's administrator changes these. What is kept about you is under ", h("a", { href: "#/my-data" }, "My data"), "."),
  );
}

function startLink() {
  return section("Give others a way in", h("p", null, "Everybody else gets an account of their own on the ", h("a", { href: "#/people" }, "people page"), "."));
}

function password() {
  const current = field({ label: "The one you have", control: h("input", { name: "current", type: "password", required: true, maxlength: 256, autocomplete: "current-password" }) });
  const control = h("input", { name: "password", type: "password", required: true, maxlength: 256, autocomplete: "new-password" });
  const fresh = field({ label: "The new one", control, hint: HINT });
  const status = statusLine();

  async function send() {
    status.say("");
    await people.changePassword(current.control.value, control.value);
    current.control.value = control.value = "";
    status.say("It is changed. Everywhere else you were signed in, you are not any more.");
  }

  return section("Change your password", form({ fields: [current, fresh], submit: "Change it", send, more: [reveal(control)] }), status.element);
}

function everywhere() {
  const status = statusLine();

  async function out(/** @type {boolean} */ keepThis) {
    try {
      await people.signOutEverywhere(keepThis);
      if (keepThis) return status.say("Done. Only this browser is signed in.");
      forgetWho();
      location.hash = "#/sign-in";
    } catch (failure) {
      status.fail(messageOf(failure));
    }
  }

  return section(
    "Signed in elsewhere",
    h("p", null, "On a machine that others use, or one that is gone: end it from here. A conversation that runs there stops within seconds."),
    h("p", { class: "row" },
      h("button", { class: "button", type: "button", onclick: () => void out(true) }, "Sign out everywhere else"),
      h("button", { class: "button quiet", type: "button", onclick: () => void out(false) }, "Sign out everywhere, here too"),
    ),
    status.element,
  );
}
