// How long things are kept: what is due, what is done at night, and people who leave.

import { confirmed, emptyState, field, form, section, statusLine, table } from "../app/parts.js";
import { h, redraw } from "../app/dom.js";
import { freshId } from "../app/parts/names.js";
import { messageOf } from "../app/trouble.js";
import { taskProgress } from "../tasks/progress.js";
import { counted, house, when } from "./calls.js";

/** @typedef {import("./calls.js").Leaving} Leaving */

/** @returns {Promise<HTMLElement>} */
export async function keepingPart() {
  const line = statusLine();
  const due = h("div", { class: "stack" });
  const asked = h("div", { class: "stack" });
  let count = 0;

  async function look() {
    const [retention, who] = await Promise.all([house.retention(), house.asked()]);
    count = retention.due;
    const { server_time: _, ...told } = retention;
    redraw(due, told, whatIsDue);
    redraw(asked, who, (shown) => whoAsked(shown, leaving.open));
  }

  const lookAgain = () => void look().catch((failure) => line.fail(messageOf(failure)));
  const leaving = whoLeaves(asked, lookAgain);
  await look();
  const run = erasing(() => count, lookAgain);
  return h("div", { class: "stack-wide" }, section("Due to be erased", due, run, line.element), section("Every night", nights(await house.upkeep())), section("Somebody leaves", leaving.element));
}

/** @param {() => number} count how many are due now @param {() => void} over */
function erasing(count, over) {
  const sure = () => {
    const due = count() ? counted(count(), "attempt") : "what has become due since this page was opened";
    return confirmed({ title: `Erase ${due}?`, text: ["They are erased for good, with marks and notes. They cannot be brought back, except from a backup."], yes: "Erase them", no: "Keep them for now" });
  };
  return taskProgress({ kind: "retention", begin: "Erase what is due now", again: "Erase what is due now", label: "Erasing", sure, over });
}

/** @param {Omit<import("./calls.js").Retention, "server_time">} told */
function whatIsDue(told) {
  const rule = h("p", { class: "soft" }, `Of ${counted(told.attempts, "attempt")}, ${told.held} on hold. Courses and assignments say how long each is kept; practice belongs to the learner and is never due.`);
  if (!told.due) return [emptyState({ title: "Nothing is due", text: "No attempt has outlived what its course or assignment says." }), rule];
  const rows = table({
    caption: told.due > told.shown.length ? `The ${told.shown.length} that are due longest` : "These are due",
    columns: [
      { head: "Assignment", names: true, cell: (each) => each.assignment, by: (each) => each.assignment },
      { head: "Due since", cell: (each) => when(each.since), by: (each) => each.since },
      { head: "Because", cell: (each) => each.why },
      { head: "Encounter", cell: (each) => h("code", null, each.encounter_id) },
    ],
    rows: told.shown,
  });
  return [rows, rule];
}

/** @param {import("./calls.js").Upkeep} rules */
function nights(rules) {
  const line = statusLine();
  const erase = tick("Erase every night what is due", rules.retention);
  const backup = tick("Back up every night", rules.backup);
  const hour = field({ label: "From which hour on (UTC)", name: "hour", control: h("input", { type: "number", min: 0, max: 23, step: 1, value: rules.hour, required: true }) });
  const days = field({
    label: "Keep backups for so many days",
    name: "keep_backups_days",
    hint: "0 keeps them until somebody deletes them. Whoever was erased stays in older backups for as long; 35 days is common.",
    control: h("input", { type: "number", min: 0, max: 3650, step: 1, value: rules.keep_backups_days, required: true }),
  });
  const send = async () => {
    await house.setUpkeep({ retention: erase.box.checked, backup: backup.box.checked, hour: Number(hour.control.value), keep_backups_days: Number(days.control.value) });
    line.say("Kept. It holds from the next night on.");
  };
  const last = h("p", { class: "soft" }, `The last night's work began: ${when(rules.last_at, "not yet")}. Files written elsewhere by the command "./bedside backup" are yours to delete.`);
  return h("div", { class: "stack" }, form({ fields: [hour, days], more: [erase.element, backup.element], submit: "Keep these rules", send }), line.element, last);
}

/** A box to tick, with its words. @param {string} text @param {boolean} checked */
export function tick(text, checked) {
  const id = freshId("tick");
  const box = h("input", { type: "checkbox", id, checked });
  return { box, element: h("div", { class: "choice" }, box, h("label", { for: id }, text)) };
}

/**
 * @param {HTMLElement} asked where those stand who asked for it
 * @param {() => void} over called when somebody was erased
 * @returns {{element: HTMLElement, open: (who: string) => Promise<void>}}
 */
function whoLeaves(asked, over) {
  const place = h("div", { class: "stack", "aria-live": "polite" });
  const name = field({ label: "The name they sign in with", name: "who", control: h("input", { type: "text", autocomplete: "off", required: true, maxlength: 200 }) });

  /** @param {string} who */
  async function open(who) {
    place.replaceChildren(preview(await house.leaving(who), over));
  }

  const search = form({ fields: [name], submit: "See what erasing them would do", send: () => open(name.control.value.trim()) });
  return { element: h("div", { class: "stack" }, asked, search, place), open };
}

/** @param {import("./calls.js").Asked[]} asked @param {(who: string) => Promise<void>} open */
function whoAsked(asked, open) {
  if (!asked.length) return h("p", null, "Nobody has asked to be erased.");
  const line = statusLine();
  const see = (/** @type {import("./calls.js").Asked} */ { id }) => void open(id).catch((failure) => line.fail(messageOf(failure)));
  const rows = table({
    caption: "They asked to be erased",
    columns: [
      { head: "Name", names: true, cell: (each) => each.name },
      { head: "Asked", cell: (each) => when(each.asked_at) },
      { head: "See", quiet: true, cell: (each) => h("button", { class: "button small", type: "button", onclick: () => see(each) }, `See what erasing ${each.name} would do`) },
    ],
    rows: asked,
  });
  return [rows, line.element];
}

/** @param {Leaving} told @param {() => void} over */
function preview(told, over) {
  const facts = [
    `${counted(told.practice, "practice encounter")} and ${counted(told.posts, "post")} on boards are erased, for good.`,
    `${counted(told.attempts, "attempt")} stay without a name, for as long as their courses keep them.`,
    "The account is emptied: in what stays they are a removed user.",
    ...(told.marked ? [`Marks that they set on ${counted(told.marked, "encounter")} of others keep their name: they are somebody else's record.`] : []),
    told.backups,
  ];
  const sure = () => confirmed({ title: `Erase ${told.name}?`, text: facts, yes: `Erase ${told.name}`, no: "Keep them" });
  return h(
    "div",
    { class: "card stack" },
    h("h3", null, told.name),
    h("ul", null, ...facts.map((each) => h("li", null, each))),
    told.only_staff_of > 0
      ? h("p", { class: "note" }, `They are the only staff of ${counted(told.only_staff_of, "course")}. Add somebody else there first.`)
      : taskProgress({ kind: "erasure", about: told.id, begin: `Erase ${told.name}`, again: "Erase again", label: "Erasing", sure, over }),
  );
}
