// The editions of a file: what changed from one to the next, and an old one brought back.

import { statusLine, table } from "../app/parts.js";
import { h } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { calls } from "./calls.js";
import { diffOf } from "./diff.js";
import { DONE, when, who } from "./words.js";

/** @typedef {import("../types/author.js").EditionRow} EditionRow */

/**
 * @param {string} fileId
 * @param {EditionRow[]} editions newest first
 * @param {((text: string) => void) | null} bringBack null where this person may not write
 * @returns {HTMLElement}
 */
export function historyOf(fileId, editions, bringBack) {
  const line = statusLine();
  const shown = h("div", { class: "stack" });

  /** @param {EditionRow} row */
  async function compare(row) {
    const before = editions[editions.indexOf(row) + 1];
    if (!before) return line.say("This is the first edition; nothing is before it.");
    try {
      const { places } = await calls.diff(fileId, before.edition, row.edition);
      const title = `From edition ${before.edition} to ${row.edition}`;
      const heading = h("h3", { tabindex: -1 }, title);
      shown.replaceChildren(heading, diffOf(places, { old: `edition ${before.edition}`, now: `edition ${row.edition}` }));
      heading.focus();
      line.say("");
    } catch (failure) {
      line.fail(messageOf(failure));
    }
  }

  /** @param {EditionRow} row */
  async function back({ edition }) {
    try {
      bringBack?.((await calls.edition(fileId, edition)).text);
      line.say(`The text of edition ${edition} stands under Text again. Undo takes it back.`);
    } catch (failure) {
      line.fail(messageOf(failure));
    }
  }

  const unseen = (/** @type {EditionRow} */ { edition }) => h("span", { class: "unseen" }, ` edition ${edition}`);
  const columns = [
    { head: "Edition", names: true, number: true, cell: (/** @type {EditionRow} */ row) => row.edition, by: (/** @type {EditionRow} */ row) => row.edition },
    { head: "When", cell: (/** @type {EditionRow} */ row) => when(row.made_at), by: (/** @type {EditionRow} */ row) => row.made_at },
    { head: "Who", cell: (/** @type {EditionRow} */ row) => who(row.author) },
    { head: "What", cell: (/** @type {EditionRow} */ row) => DONE[row.step] ?? row.step },
    {
      head: "Look",
      quiet: true,
      cell: (/** @type {EditionRow} */ row) =>
        h(
          "span",
          { class: "row" },
          h("button", { class: "button small quiet", type: "button", onclick: () => void compare(row) }, "What changed", unseen(row)),
          bringBack && h("button", { class: "button small quiet", type: "button", onclick: () => void back(row) }, "Bring back", unseen(row)),
        ),
    },
  ];
  const hint = h("p", { class: "soft" }, "The page saves by itself. Of what was only saved, one edition in five minutes is kept; submitted, approved and published ones are kept for good.");
  return h("div", { class: "stack" }, hint, line.element, table({ caption: "Editions, newest first", columns, rows: editions }), shown);
}
