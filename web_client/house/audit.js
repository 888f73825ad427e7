// The audit log: who did what to whose things, a page at a time, and whether anybody has changed it since.

import { emptyState, field, form, section, statusLine, table } from "../app/parts.js";
import { fill, foldable, h, redraw } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { counted, folded, house, midnight, when } from "./calls.js";

/** @typedef {import("./calls.js").AuditEntry} AuditEntry */
/** @typedef {import("./calls.js").AuditPage} AuditPage */

const FILE = "/api/house/audit/file.csv";

/** @returns {Promise<HTMLElement>} */
export async function auditPart() {
  const line = statusLine();
  const place = h("div", { class: "stack" });
  const file = h("a", { class: "button quiet", href: FILE, download: "bedside-audit.csv" }, "Download these as CSV");
  const { element: search, filter, offer } = filters(() => turn([], filter()));
  const newer = h("button", { class: "button", type: "button", onclick: () => press(newer, () => turn(turned.slice(0, -1), asked)) }, "Newer ones");
  const older = h("button", { class: "button", type: "button", onclick: () => press(older, () => turn([...turned, String(next)], asked)) }, "Older ones");
  /** Where each page began that was turned to, after the first. @type {string[]} */
  let turned = [];
  /** @type {number | null} */
  let next = null;
  /** What is shown was asked for by this, whatever stands in the filters by now. @type {Record<string, string>} */
  let asked = {};

  /** @param {string[]} to @param {Record<string, string>} by */
  async function turn(to, by) {
    const before = to.at(-1);
    const page = await house.audit({ ...by, ...(before ? { before } : {}) });
    [turned, next, asked] = [to, page.next, by];
    offer(page);
    show(page);
  }

  /** @param {AuditPage} page */
  function show({ rows }) {
    place.replaceChildren(rows.length ? entries(rows) : emptyState({ text: "Nothing that fits was noted. Leave a filter empty to see more." }));
    newer.setAttribute("aria-disabled", String(!turned.length));
    older.setAttribute("aria-disabled", String(next === null));
    file.href = `${FILE}?${new URLSearchParams(asked)}`;
    line.say(rows.length ? `Page ${turned.length + 1}: ${counted(rows.length, "row")}, from ${rows[0]?.seq} down to ${rows.at(-1)?.seq}.` : "");
  }

  /** @param {HTMLElement} button @param {() => Promise<void>} go */
  async function press(button, go) {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    try {
      await go();
    } catch (failure) {
      button.setAttribute("aria-disabled", "false");
      line.fail(messageOf(failure));
    }
  }

  await turn([], {});
  const onward = h("p", { class: "row" }, newer, older, file);
  return h("div", { class: "stack-wide" }, section("Is it whole?", verifying()), section("Who did what", search, line.element, place, onward));
}

/** What somebody looks for. @param {() => Promise<void>} look */
function filters(look) {
  const actor = field({ label: "Who", name: "actor", control: h("select", { name: "actor" }, h("option", { value: "" }, "anybody")) });
  const action = field({ label: "What was done", name: "action", control: h("select", { name: "action" }, h("option", { value: "" }, "anything")) });
  const since = field({ label: "From (day)", name: "since", control: h("input", { type: "date", name: "since" }) });
  const until = field({ label: "To (day)", name: "until", control: h("input", { type: "date", name: "until" }) });
  const element = form({ fields: [actor, action, since, until], submit: "Show these", send: look });
  element.classList.add("filters");

  /** @returns {Record<string, string>} */
  function filter() {
    const asked = { actor: actor.control.value, action: action.control.value, since: midnight(since.control.value), until: midnight(until.control.value, 1) };
    return Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
  }

  /** Whoever and whatever there is to choose from by now. @param {AuditPage} page */
  function offer({ actors, kinds }) {
    choices(actor.control, "anybody", actors.map(({ id, name }) => [id, name]));
    choices(action.control, "anything", kinds.map(({ action: kind, words }) => [kind, words]));
  }
  return { element, filter, offer };
}

/** What was chosen stays chosen. @param {{value: string} & Element} select @param {string} any @param {string[][]} offered */
function choices(select, any, offered) {
  const chosen = select.value;
  redraw(select, offered, (all) => [["", any], ...all].map(([value = "", text = ""]) => h("option", { value }, text)));
  select.value = chosen;
}

/** @param {AuditEntry[]} rows */
function entries(rows) {
  return table({
    caption: "Audit, the newest first",
    hideCaption: true,
    columns: [
      { head: "When", names: true, cell: ([each]) => when(each?.at ?? null) },
      { head: "What happened", cell: (same) => h("div", null, said(same), foldable("Raw", ...same.map(raw))) },
    ],
    rows: folded(rows),
  });
}

/** One sentence, for however many rows it holds. @param {AuditEntry[]} same */
function said(same) {
  return h("p", null, same.length > 1 ? `${same[0]?.says} (${same.length} times)` : same[0]?.says);
}

/** @param {AuditEntry} entry */
function raw({ seq, at, actor, action, subject, details, hash }) {
  return h("p", null, h("code", { class: "breakable" }, JSON.stringify({ seq, at, actor, action, subject, details, hash })));
}

function verifying() {
  const line = statusLine();
  async function verify() {
    line.say("Reading every row…");
    try {
      const found = await house.verify();
      if (found.broken_at !== null) return line.fail(`Row ${found.broken_at} is not what was written, or a row before it is missing. Whoever may write to the database changed it; compare with a backup.`);
      line.say(`The chain holds over ${counted(found.rows, "row")}. The newest has the hash ${found.newest.slice(0, 16)}…`);
    } catch (failure) {
      line.fail(messageOf(failure));
    }
  }
  return fill(
    h("div", { class: "stack" }),
    h("p", null, "Every row carries the hash of the one before, so a row that is changed or taken out is found. No row holds a word of an encounter."),
    h("p", null, h("button", { class: "button", type: "button", onclick: () => void verify() }, "Verify the chain")),
    line.element,
  );
}
