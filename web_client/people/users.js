// Everybody with an account, for the administrator: looked for, added, changed. The list follows what happens elsewhere
// whenever its page is looked at again.

import { h } from "../app/dom.js";
import { pageHead, statusLine } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { people } from "./calls.js";
import { everybody } from "./listing.js";
import { linksForMany } from "./many_links.js";
import { addSomebody, changeSomebody } from "./one_account.js";
import { peopleList } from "./people_list.js";
import { ROLES } from "./words.js";

const PAUSE_MS = 250;
const MORE = 50;

export async function peoplePage() {
  const search = searchRow(() => void look(MORE));
  const status = statusLine();
  const list = peopleList((account) => void changeSomebody(account, look), () => void look(wanted + MORE));
  let wanted = MORE;
  let asked = 0;

  /** Of two answers the one that was asked for last is shown. @param {number} count how many at most */
  async function read(count) {
    const mine = (asked += 1);
    const wish = search.read();
    const found = await everybody(people.accounts, wish, count).catch((failure) => {
      if (mine === asked) throw failure;
      return null;
    });
    if (!found || mine !== asked) return;
    wanted = count;
    status.say(found.total ? `${found.accounts.length} of ${found.total}` : "");
    list.show(found, Boolean(wish.text || wish.role || wish.state));
  }

  async function look(count = wanted) {
    await read(count).catch((failure) => status.fail(messageOf(failure)));
  }

  const again = () => document.visibilityState === "visible" && void look();
  await read(MORE);
  document.addEventListener("visibilitychange", again);
  window.addEventListener("focus", again);

  function leave() {
    search.leave();
    document.removeEventListener("visibilitychange", again);
    window.removeEventListener("focus", again);
  }

  let renewing = false;

  /** One dialog at a time, also while it is still being asked whom it is for. */
  async function many() {
    if (renewing) return;
    renewing = true;
    await linksForMany(search.read(), look).catch((failure) => status.fail(messageOf(failure)));
    renewing = false;
  }

  const actions = [
    h("button", { class: "button primary", type: "button", onclick: () => void addSomebody(look) }, "Add somebody"),
    h("a", { class: "button", href: "#/people/roster" }, "Add a class from a file"),
    h("button", { class: "button quiet", type: "button", onclick: () => void many() }, "New links for many"),
  ];
  const content = h("div", { class: "stack-wide" }, pageHead({ title: "People", lead: "Who may come in, and as what. A change takes effect at once.", actions }), h("div", { class: "stack" }, search.element, status.element, list.element));
  return { title: "People", content, wide: true, leave };
}

/** @param {() => void} changed */
function searchRow(changed) {
  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(changed, PAUSE_MS);
  };
  const text = h("input", { id: "people-text", type: "search", maxlength: 100, autocomplete: "off", oninput: soon });
  const role = h("select", { id: "people-role", onchange: changed }, h("option", { value: "" }, "Any role"), ...ROLES.map((each) => h("option", { value: each }, each)));
  const states = { "": "Open and closed", open: "Open", waiting: "Waits for a password", closed: "Closed" };
  const state = h("select", { id: "people-state", onchange: changed }, ...Object.entries(states).map(([value, words]) => h("option", { value }, words)));
  const labelled = (/** @type {string} */ label, /** @type {HTMLElement} */ control) => h("div", { class: "field" }, h("label", { for: control.id }, label), control);
  const element = h("search", { class: "filters" }, labelled("Name", text), labelled("Role", role), labelled("Account", state));
  return { element, read: () => ({ text: text.value.trim(), role: role.value, state: state.value }), leave: () => clearTimeout(timer) };
}
