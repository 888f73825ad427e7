// Reading the list of accounts page by page, and bringing the lines that show it up to date.

/** @typedef {import("./calls.js").Account} Account */
/** @typedef {import("./calls.js").Search} Search */

/** As many as the server gives at once. */
export const AT_ONCE = 200;

/**
 * The first of those that are wished for, by name, however many pages that takes.
 * @param {(search: Search) => Promise<{accounts: Account[], total: number}>} read
 * @param {Search} wish
 * @param {number} count how many at most
 */
export async function everybody(read, wish, count) {
  /** @type {Map<string, Account>} */
  const found = new Map();
  for (let offset = 0; ; offset += AT_ONCE) {
    const { accounts, total } = await read({ ...wish, limit: Math.min(AT_ONCE, count - offset), offset });
    for (const each of accounts) found.set(each.id, each);
    if (offset + AT_ONCE >= Math.min(count, total)) return { accounts: [...found.values()], total };
  }
}

/**
 * Make the lines of `body` those of `fresh`. What is the same stays where it is, cell by cell, with the focus on it and
 * a press that has begun.
 * @param {HTMLTableSectionElement} body
 * @param {readonly string[]} before ids of its lines
 * @param {HTMLTableSectionElement} fresh
 * @param {readonly string[]} now ids of its lines
 */
export function renewLines(body, before, fresh, now) {
  const old = new Map([...body.rows].map((line, at) => [before[at], line]));
  const made = [...fresh.rows];
  const lines = made.map((line, at) => renewed(old.get(now[at]), line));
  const stay = new Set(lines);
  for (const line of [...body.rows]) if (!stay.has(line)) line.remove();
  lines.forEach((line, at) => body.rows[at] !== line && body.insertBefore(line, body.rows[at] ?? null));
}

/** @param {HTMLTableRowElement | undefined} old @param {HTMLTableRowElement} fresh */
function renewed(old, fresh) {
  if (!old) return fresh;
  [...fresh.cells].forEach((cell, at) => {
    const there = old.cells[at];
    if (!there || there.isEqualNode(cell)) return;
    const focused = there.contains(document.activeElement);
    there.replaceWith(cell);
    if (focused) cell.querySelector("button")?.focus();
  });
  return old;
}
