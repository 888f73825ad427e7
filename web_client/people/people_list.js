// The accounts as a table whose lines are brought up to date in place.

import { fill, h } from "../app/dom.js";
import { emptyState, table } from "../app/parts.js";
import { renewLines } from "./listing.js";
import { dayWords, linkWords, stateWords, timeWords } from "./words.js";

/** @typedef {import("./calls.js").Account} Account */

/** @param {(account: Account) => void} change @param {() => void} more */
export function peopleList(change, more) {
  const place = h("div");
  const button = h("button", { class: "button", type: "button", onclick: more }, "Show more");
  const further = h("p", { hidden: true }, button);
  /** As they were last read: a button that has stood here for long changes the account as it is now. @type {Map<string, Account>} */
  let known = new Map();

  const open = (/** @type {string} */ id) => {
    const account = known.get(id);
    if (account) change(account);
  };

  /** @param {{accounts: Account[], total: number}} found @param {boolean} searched */
  function show({ accounts, total }, searched) {
    const before = [...known.keys()];
    known = new Map(accounts.map((each) => [each.id, each]));
    const all = total <= accounts.length;
    const gone = all && document.activeElement === button;
    further.hidden = all;
    const body = place.querySelector("tbody");
    const fresh = accounts.length ? rows(accounts, open) : null;
    const made = fresh?.querySelector("tbody");
    if (body && made) {
      renewLines(body, before, made, [...known.keys()]);
      if (gone) goOn(body, [...known.keys()].findIndex((id) => !before.includes(id)));
      return;
    }
    place.replaceChildren();
    fill(place, fresh ?? nobody(searched));
  }

  return { element: h("div", { class: "stack" }, place, further), show };
}

/**
 * Whoever pressed "Show more" goes on at what it showed; an erased account has no button.
 * @param {HTMLTableSectionElement} body @param {number} first of the new lines; below zero there is none
 */
function goOn(body, first) {
  const buttons = [...body.rows].slice(first).map((line) => line.querySelector("button"));
  buttons.find((each) => each !== null)?.focus();
}

/** @param {readonly Account[]} accounts @param {(id: string) => void} open */
function rows(accounts, open) {
  return table({
    caption: "People with an account",
    hideCaption: true,
    columns: [
      { head: "Name", cell: ({ name }) => name || "(erased)", names: true },
      { head: "Signs in as", cell: ({ sign_in, erased }) => (erased ? "Nobody" : h("span", { class: "breakable" }, sign_in)) },
      { head: "Roles", cell: ({ roles }) => roles.join(", ") },
      { head: "Time", cell: ({ time_percent }) => timeWords(time_percent) },
      { head: "Last here", cell: lastHere },
      { head: "Change", quiet: true, cell: ({ id, name, erased }) => !erased && h("button", { class: "button small quiet", type: "button", "aria-label": `Change ${name}`, onclick: () => open(id) }, "Change") },
    ],
    rows: accounts,
  });
}

/** @param {Account} account */
function lastHere(account) {
  const state = stateWords(account);
  const link = linkWords(account);
  if (!state) return dayWords(account.seen_at);
  return h("span", null, h("span", { class: account.active ? "tag" : "tag warm" }, state), link && h("span", { class: "soft" }, ` ${link}`));
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
