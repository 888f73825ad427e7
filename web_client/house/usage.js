// How much was practised, with which versions, and what it cost. Nobody is named.

import { emptyState, section, statusLine, table } from "../app/parts.js";
import { h } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { counted, house, when } from "./calls.js";

/** @typedef {import("./calls.js").Usage} Usage */

/** @returns {Promise<HTMLElement>} */
export async function usagePart() {
  const told = await house.usage();
  if (!told.months.length) return emptyState({ title: "Nothing yet", text: "Once somebody has met a patient, encounters, minutes and failures are counted here by case and month." });
  return h("div", { class: "stack-wide" }, section("By case and month", months(told), file()), section("Cases in use", versions(told)), section("Drafts were made with", drafts(told)));
}

/** @param {Usage} told */
function months({ months: rows }) {
  return table({
    caption: "Months by UTC. Failures are replies that never came, replies of a model that could not be used, and utterances that the recogniser failed at.",
    columns: [
      { head: "Month", names: true, cell: (each) => each.month, by: (each) => each.month },
      { head: "Case", cell: (each) => each.case_id, by: (each) => each.case_id },
      { head: "Encounters", number: true, cell: (each) => each.encounters, by: (each) => each.encounters },
      { head: "Ended", number: true, cell: (each) => each.ended },
      { head: "Minutes", number: true, cell: (each) => each.minutes.toFixed(0), by: (each) => each.minutes },
      { head: "Failures", number: true, cell: (each) => `${each.replies_failed} / ${each.replies_refused} / ${each.hearing_failed}` },
      { head: "Tokens in / out", number: true, cell: (each) => (each.tokens_in || each.tokens_out ? `${each.tokens_in.toLocaleString()} / ${each.tokens_out.toLocaleString()}` : "none counted") },
      { head: "Cost", number: true, cell: (each) => (each.cost === null ? "no price set" : each.cost.toFixed(2)), by: (each) => each.cost ?? -1 },
    ],
    rows,
  });
}

function file() {
  return h("p", null, h("a", { class: "button quiet", href: "/api/house/usage/file.csv", download: "bedside-usage.csv" }, "Download as CSV"));
}

/** @param {Usage} told */
function versions({ cases }) {
  const line = statusLine();
  const place = h("div", { class: "stack" });

  /** @param {import("./calls.js").InUse} version */
  async function open({ case_id, version, digest }) {
    try {
      const found = await house.version(digest);
      place.replaceChildren(encounters(`${case_id} ${version}: the newest ${counted(found.length, "encounter")}, without names`, found));
      line.say(`${counted(found.length, "encounter")} below.`);
    } catch (failure) {
      line.fail(messageOf(failure));
    }
  }

  return h("div", { class: "stack" }, inUse(cases, open), line.element, place);
}

/** @param {string} caption @param {import("./calls.js").HeldWith[]} rows */
function encounters(caption, rows) {
  return table({
    caption,
    columns: [
      { head: "Encounter", names: true, cell: (each) => h("code", { class: "breakable" }, each.id) },
      { head: "Begun", cell: (each) => when(each.created_at), by: (each) => each.created_at },
      { head: "Played as", cell: (each) => each.portrayal },
      { head: "Ended", cell: (each) => each.ended || "not yet" },
    ],
    rows,
  });
}

/** @param {import("./calls.js").InUse[]} cases @param {(version: import("./calls.js").InUse) => Promise<void>} open */
function inUse(cases, open) {
  return table({
    caption: "An encounter keeps the version that it began with",
    columns: [
      { head: "Case", names: true, cell: (each) => each.case_id, by: (each) => each.case_id },
      { head: "Version", cell: (each) => `${each.version} (${each.digest.slice(0, 8)})` },
      { head: "Encounters", number: true, cell: (each) => each.encounters, by: (each) => each.encounters },
      { head: "Not ended", number: true, cell: (each) => each.running },
      { head: "Last used", cell: (each) => when(each.last_at), by: (each) => each.last_at },
      { head: "New ones", cell: (each) => h("span", { class: each.on_shelf ? "tag good" : "tag" }, each.on_shelf ? "begin with it" : "begin with another") },
      { head: "See", quiet: true, cell: (each) => h("button", { class: "button small quiet", type: "button", "aria-label": `Which encounters used ${each.case_id} ${each.version}`, onclick: () => void open(each) }, "Which") },
    ],
    rows: cases,
  });
}

/** @param {Usage} told */
function drafts({ drafts: rows }) {
  if (!rows.length) return h("p", null, "No draft was made yet.");
  return table({
    caption: "Rubric, rater and what the words were heard with",
    columns: [
      { head: "Rubric", names: true, cell: (each) => `${each.rubric} ${each.rubric_version}` },
      { head: "Rater", cell: (each) => each.rater || "not noted" },
      { head: "Heard with", cell: (each) => each.hearing || "typed, or not noted" },
      { head: "Encounters", number: true, cell: (each) => each.encounters },
    ],
    rows,
  });
}
