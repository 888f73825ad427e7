// Everybody with an account, for the administrator: looked for, added, changed.

import { fill, h } from "../app/dom.js";
import { emptyState, pageHead, statusLine, table } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { people } from "./calls.js";
import { addSomebody, changeSomebody } from "./one_account.js";
import { ROLES, dayWords, stateWords, timeWords } from "./words.js";

/** @typedef {import("./calls.js").Account} Account */

const PAUSE_MS = 250;

export async function peoplePage() {
  const search = searchRow(() => void load());
  const status = statusLine();
  const place = h("div", { class: "stack" });
  /** @type {Account[]} */
  let shown = [];
  let asked = 0;

  async function load(/** @type {boolean} */ more = false) {
    const mine = (asked += 1);
    try {
      const wish = search.read();
      const found = await people.accounts({ ...wish, offset: more ? shown.length : 0 });
      if (mine !== asked) return;
      shown = more ? [...shown, ...found.accounts] : found.accounts;
      status.say(found.total ? `${shown.length} of ${found.total}` : "");
      place.replaceChildren();
      fill(place, found.total ? rows(shown, () => void load()) : nobody(Boolean(wish.text || wish.role || wish.active)), found.total > shown.length && h("p", null, h("button", { class: "button", type: "button", onclick: () => void load(true) }, "Show more")));
    } catch (failure) {
      status.fail(messageOf(failure));
      if (!shown.length && mine === 1) throw failure;
    }
  }

  await load();
  const actions = [
    h("button", { class: "button primary", type: "button", onclick: () => void addSomebody(() => void load()) }, "Add somebody"),
    h("a", { class: "button", href: "#/people/roster" }, "Add a class from a file"),
  ];
  const content = h("div", { class: "stack-wide" }, pageHead({ title: "People", lead: "Who may come in, and as what. A change takes effect at once.", actions }), h("div", { class: "stack" }, search.element, status.element, place));
  return { title: "People", content, wide: true, leave: search.leave };
}

/** @param {readonly Account[]} accounts @param {() => void} changed */
function rows(accounts, changed) {
  return table({
    caption: "People with an account",
    hideCaption: true,
    columns: [
      { head: "Name", cell: ({ name }) => name || "(erased)", names: true },
      { head: "Signs in as", cell: ({ sign_in }) => h("span", { class: "breakable" }, sign_in) },
      { head: "Roles", cell: ({ roles }) => roles.join(", ") },
      { head: "Time", cell: ({ time_percent }) => timeWords(time_percent) },
      { head: "Last here", cell: (account) => stateTag(account) ?? dayWords(account.seen_at) },
      { head: "Change", quiet: true, cell: (account) => h("button", { class: "button small quiet", type: "button", "aria-label": `Change ${account.name}`, onclick: () => void changeSomebody(account, changed) }, "Change") },
    ],
    rows: accounts,
  });
}

/** @param {Account} account */
function stateTag(account) {
  const words = stateWords(account);
  return words ? h("span", { class: account.active ? "tag" : "tag warm" }, words) : null;
}

/** @param {boolean} searched */
function nobody(searched) {
  if (searched) return emptyState({ text: "Nobody fits that.", hint: "Part of a name is enough; closed accounts are found too." });
  return emptyState({
    title: "Nobody has an account yet",
    text: "You came in by the start link, which opens everything. Give everybody else an account of their own: you hand them a link, and they choose a password.",
    hint: "For a class, take its list out of the student system as a file.",
  });
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
  const active = h("select", { id: "people-active", onchange: changed }, h("option", { value: "" }, "Open and closed"), h("option", { value: "true" }, "Open"), h("option", { value: "false" }, "Closed"));
  const labelled = (/** @type {string} */ label, /** @type {HTMLElement} */ control) => h("div", { class: "field" }, h("label", { for: control.id }, label), control);
  const element = h("search", { class: "people-search" }, labelled("Name", text), labelled("Role", role), labelled("Account", active));
  return { element, read: () => ({ text: text.value.trim(), role: role.value, active: active.value }), leave: () => clearTimeout(timer) };
}
