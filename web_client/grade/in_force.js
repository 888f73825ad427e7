// What drafts follow now, what these figures would change, and the deed: told first, then asked, then done.

import { announce } from "../app/announcer.js";
import { h } from "../app/dom.js";
import { confirmed, section, statusLine, table } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { grading } from "./calls.js";

/** @typedef {import("./agreement.js").Calibration} Calibration */
/** @typedef {import("./agreement.js").Change} Change */

/** What holds now, in words. @param {Calibration["in_force"]} kept */
export function keptWords(kept) {
  if (!kept) return "No calibration of this rubric is in force: drafts are as the rater makes them.";
  if (!kept.made) return kept.ignored;
  const by = kept.by ? ` by ${kept.by}` : "";
  const told = `In force since ${kept.made}${by}, from ${kept.transcripts} transcripts that ${kept.raters} people marked.`;
  return kept.ignored ? `${told} Drafts ignore it: ${kept.ignored}.` : told;
}

/** What would change, one sentence a line; empty: nothing. @param {readonly Change[]} changes */
export function changeWords(changes) {
  return changes.filter((each) => each.before !== each.after).map((each) => `${each.name}: ${each.before} until now, then ${each.after}.`);
}

/** @param {Calibration} found @param {() => Promise<void>} done read it again */
export function inForce({ rubric, in_force, proposal }, done) {
  const status = statusLine();
  const changed = proposal ? changeWords(proposal.changes) : [];

  /** @param {() => Promise<unknown>} deed @param {string} told */
  async function act(deed, told) {
    try {
      await deed();
      await done();
      announce(told);
    } catch (failure) {
      status.fail(messageOf(failure));
    }
  }

  async function apply() {
    if (!proposal) return;
    const text = [...(changed.length ? changed : ["No line changes: drafts stay as they are, and say which calibration they follow."]), "It holds for every draft that is made from now on, in every course. Drafts that exist stay as they are. Who put it in force is written down."];
    if (await confirmed({ title: "Put this calibration in force?", text, yes: "Put it in force", no: "Not now" })) await act(() => grading.applyCalibration(rubric, proposal.digest), "The calibration is in force.");
  }

  async function withdraw() {
    const text = ["Drafts are as the rater makes them from now on, in every course. Drafts that exist stay as they are."];
    if (await confirmed({ title: "Withdraw this calibration?", text, yes: "Withdraw it", no: "Leave it in force" })) await act(() => grading.withdrawCalibration(rubric), "The calibration is withdrawn.");
  }

  const free = proposal !== null && proposal.why_not === "";
  return section(
    "What drafts follow",
    h("p", null, keptWords(in_force)),
    proposal && changesTable(proposal.changes),
    proposal && h("p", null, proposal.why_not || "Read the whole report with everybody who marked before you put it in force."),
    h("p", { class: "row" }, free && h("button", { class: "button", type: "button", onclick: () => void apply() }, "Put these figures in force …"), in_force?.may_withdraw && h("button", { class: "button quiet", type: "button", onclick: () => void withdraw() }, "Withdraw the one in force …")),
    status.element,
  );
}

/** @param {readonly Change[]} rows */
function changesTable(rows) {
  return table({
    caption: "What putting these figures in force would change",
    rows: [...rows],
    columns: [
      { head: "Line", names: true, cell: (each) => each.name },
      { head: "Drafts now", cell: (each) => each.before },
      { head: "Drafts from then on", cell: (each) => (each.before === each.after ? "the same" : h("strong", null, each.after)) },
      { head: "Because", cell: (each) => each.because },
    ],
  });
}
