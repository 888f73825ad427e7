// New links for everybody who has not chosen a password yet: as a file, for a mail merge.

import { announce } from "../app/announcer.js";
import { h } from "../app/dom.js";
import { field, form, modal } from "../app/parts.js";
import { people } from "./calls.js";
import { untilWords } from "./link_box.js";
import { everybody } from "./listing.js";
import { saveFile } from "./saving_files.js";

/** @typedef {import("./calls.js").Account} Account */
/** @typedef {import("./calls.js").Renewed} Renewed */

/** As many as are made at once. */
const MOST = 1_000;

/**
 * Resolves once the dialog is closed.
 * @param {import("./calls.js").Search} wish what stands in the search: only these are looked at
 * @param {() => void} changed
 */
export async function linksForMany(wish, changed) {
  const { accounts, total } = await everybody(people.accounts, { ...wish, state: "waiting" }, MOST);
  const { element, close, closed } = modal("New links for many");
  const closing = (/** @type {string} */ text) => h("p", null, h("button", { class: "button quiet", type: "button", onclick: () => close() }, text));
  const searched = Boolean(wish.text || wish.role);

  async function make(/** @type {readonly Account[]} */ who) {
    const renewed = await people.renewLinks(who.map((each) => each.id));
    changed();
    const heading = element.querySelector("h2");
    element.replaceChildren(...(heading ? [heading] : []), ...done(renewed), closing("Done"));
    element.querySelector("button")?.focus();
    announce(`${countOf(renewed.links.length)} made.`);
  }

  if (accounts.length) element.append(...asking(accounts, total, searched, make));
  else element.append(h("p", null, searched ? "Everybody whom your search finds has chosen a password." : "Everybody has chosen a password."));
  element.append(closing(accounts.length ? "Cancel" : "Close"));
  await closed;
}

/** @param {readonly Account[]} waiting @param {number} total @param {boolean} searched @param {(who: readonly Account[]) => Promise<void>} make */
function asking(waiting, total, searched, make) {
  const lapsed = waiting.filter((each) => !each.link_until);
  const all = h("option", { value: "all" }, waiting.length < total ? `The first ${waiting.length} of ${total}, by name` : `All ${total}`);
  const some = lapsed.length > 0 && lapsed.length < waiting.length && h("option", { value: "lapsed" }, `Only the ${lapsed.length} whose link has run out`);
  const which = field({ label: "For whom", control: h("select", { name: "accounts" }, some, all) });
  return [
    h("p", null, `${total === 1 ? "One person has" : `${total} people have`} not chosen a password yet${searched ? ", of those whom your search finds" : ""}.`),
    h("p", { class: "soft" }, "Everybody gets a link of their own, good once and for seven days. One that they had before stops working. Nobody who has a password is touched."),
    form({ fields: [which], submit: "Make the links", send: () => make(which.control.value === "lapsed" ? lapsed : waiting) }),
  ];
}

/** @param {Renewed} renewed */
function done({ links, file, left }) {
  const kept = left ? `${left === 1 ? "One person has" : `${left} people have`} chosen a password meanwhile, or their account was closed: nothing changed for them.` : "";
  if (!links.length) return [h("p", null, "No link was made."), h("p", null, kept)];
  return [
    h("p", null, `${countOf(links.length)} made, good once, until ${untilWords(links[0]?.until ?? "")}.`),
    h("p", { class: "note" }, "They are in the file and nowhere else. If it is lost, make new ones."),
    kept && h("p", { class: "soft" }, kept),
    h("p", null, h("button", { class: "button primary", type: "button", onclick: () => saveFile("bedside-links.csv", file) }, "Download the links")),
  ].filter((each) => each instanceof HTMLElement);
}

/** @param {number} count */
function countOf(count) {
  return count === 1 ? "1 link is" : `${count} links are`;
}
