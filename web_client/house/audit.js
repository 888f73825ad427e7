// The audit log: who did what to whose things, by page and filter, and whether anybody has changed it since.

import { emptyState, field, form, section, statusLine, table } from "../app/parts.js";
import { h } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { counted, detailed, house, said, when } from "./calls.js";

/** @typedef {import("./calls.js").AuditEntry} AuditEntry */

/** @returns {Promise<HTMLElement>} */
export async function auditPart() {
  const place = h("div", { class: "stack" });
  const line = statusLine();
  const first = await house.audit({});
  const action = field({ label: "What was done", name: "action", control: h("select", { name: "action" }, h("option", { value: "" }, "anything"), ...first.actions.map((each) => h("option", { value: each }, said(each)))) });
  const actor = field({ label: "By whom (id)", name: "actor", control: h("input", { type: "text", name: "actor", maxlength: 100, autocomplete: "off" }) });
  const subject = field({ label: "To what (id)", name: "subject", control: h("input", { type: "text", name: "subject", maxlength: 100, autocomplete: "off" }) });

  /** @param {string} [before] */
  async function look(before = "") {
    const filter = { action: action.control.value, actor: actor.control.value.trim(), subject: subject.control.value.trim(), ...(before ? { before } : {}) };
    show(await house.audit(filter), before !== "");
  }

  /** @param {import("./calls.js").AuditPage} page @param {boolean} later */
  function show({ rows, next }, later) {
    const onward = next !== null && h("button", { class: "button", type: "button", onclick: () => void look(String(next)).catch((failure) => line.fail(messageOf(failure))) }, "Older ones");
    const back = later && h("button", { class: "button quiet", type: "button", onclick: () => void look().catch((failure) => line.fail(messageOf(failure))) }, "The newest");
    place.replaceChildren(rows.length ? entries(rows) : emptyState({ text: "Nothing that fits was noted." }));
    if (onward || back) place.append(h("p", { class: "row" }, back || "", onward || ""));
    line.say(rows.length ? `${counted(rows.length, "row")}, from ${rows[0]?.seq} down to ${rows.at(-1)?.seq}.` : "");
  }

  show(first, false);
  const search = form({ fields: [action, actor, subject], submit: "Show these", send: () => look() });
  search.classList.add("house-filter");
  const file = h("p", null, h("a", { class: "button quiet", href: "/api/house/audit/file.csv", download: "bedside-audit.csv" }, "Download as CSV"));
  return h("div", { class: "stack-wide" }, section("Is it whole?", verifying()), section("Who did what", search, line.element, place, file));
}

/** @param {AuditEntry[]} rows */
function entries(rows) {
  const person = (/** @type {string} */ id, /** @type {string} */ name) => h("span", { title: id || null }, name || (id ? short(id) : "Bedside itself"));
  return table({
    caption: "Audit, the newest first",
    hideCaption: true,
    columns: [
      { head: "Row", names: true, number: true, cell: (each) => each.seq },
      { head: "When", cell: (each) => when(each.at) },
      { head: "Who", cell: (each) => person(each.actor, each.name) },
      { head: "What", cell: (each) => said(each.action) },
      { head: "To what", cell: (each) => (each.subject ? person(each.subject, each.subject_name) : "-") },
      { head: "Details", cell: (each) => h("span", { class: "house-says" }, detailed(each.details) || "-") },
    ],
    rows,
  });
}

/** An id, short enough for a table. @param {string} id */
function short(id) {
  return id.length > 24 ? `${id.slice(0, 22)}…` : id;
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
  return h(
    "div",
    { class: "stack" },
    h("p", null, "Every row carries the hash of the one before, so a row that is changed or taken out is found. No row holds a word of an encounter."),
    h("p", null, h("button", { class: "button", type: "button", onclick: () => void verify() }, "Verify the chain")),
    line.element,
  );
}
