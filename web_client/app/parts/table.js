// A table that becomes a list of cards on a telephone; the roles keep it a table for screen readers there.

import { announce } from "../announcer.js";
import { h } from "../dom.js";

/** @typedef {import("../dom.js").Child} Child */
/**
 * @template T
 * @typedef {{head: string, cell: (row: T) => Child, by?: (row: T) => string | number, names?: boolean, number?: boolean, quiet?: boolean}} Column
 *   `by`: the column can be sorted by this; `names`: the cell that names its row; `number`: figures stand in line;
 *   `quiet`: its head is for screen readers only (a column of buttons)
 */

/**
 * @template T
 * @param {{caption: string, columns: readonly Column<T>[], rows: readonly T[], hideCaption?: boolean}} parts
 *   for no rows show an `emptyState` instead
 * @returns {HTMLElement}
 */
export function table({ caption, columns, rows, hideCaption = false }) {
  const lines = rows.map((row) => ({ row, line: h("tr", { role: "row" }, ...columns.map((column) => cell(column, row))) }));
  const body = h("tbody", { role: "rowgroup" }, ...lines.map(({ line }) => line));
  const heads = columns.map((column) => head(column, () => sortBy(column)));
  let upward = true;
  /** @type {Column<T> | null} */
  let sorted = null;

  /** The lines are moved, not made again: what was typed or ticked in them stays. @param {Column<T>} column */
  function sortBy(column) {
    upward = sorted === column ? !upward : true;
    sorted = column;
    heads.forEach((each, at) => columns[at]?.by && each.setAttribute("aria-sort", columns[at] !== column ? "none" : upward ? "ascending" : "descending"));
    body.append(...inOrder(lines, ({ row }) => column.by?.(row) ?? 0, upward).map(({ line }) => line));
    announce(`Sorted by ${column.head}, ${upward ? "upward" : "downward"}`);
  }

  return h(
    "div",
    { class: "table-frame" },
    h(
      "table",
      { class: "table", role: "table" },
      h("caption", { class: hideCaption ? "unseen" : null }, caption),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads)),
      body,
    ),
  );
}

/**
 * Rows by a key, equals left as they stand.
 * @template T
 * @param {readonly T[]} rows
 * @param {(row: T) => string | number} by
 * @param {boolean} upward
 */
export function inOrder(rows, by, upward) {
  const compare = (/** @type {string | number} */ one, /** @type {string | number} */ other) =>
    typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), undefined, { numeric: true });
  return [...rows].sort((one, other) => (upward ? 1 : -1) * compare(by(one), by(other)));
}

/** @template T @param {Column<T>} column @param {() => void} sort */
function head(column, sort) {
  const text = column.quiet ? h("span", { class: "unseen" }, column.head) : column.head;
  const name = column.by ? h("button", { class: "sort", type: "button", onclick: sort }, text) : text;
  return h("th", { scope: "col", role: "columnheader", class: looks(column), "aria-sort": column.by ? "none" : null }, name);
}

/** @template T @param {Column<T>} column @param {T} row */
function cell(column, row) {
  const shared = { "data-head": column.head, class: looks(column) };
  const content = column.cell(row);
  return column.names ? h("th", { ...shared, scope: "row", role: "rowheader" }, content) : h("td", { ...shared, role: "cell" }, content);
}

/** @template T @param {Column<T>} column */
function looks({ number, quiet }) {
  return [number && "figure", quiet && "quiet-head"].filter(Boolean).join(" ") || null;
}
