// Feedback that a study withholds: whose it is, by when they have it, and giving it sooner.

import { h } from "../app/dom.js";
import { confirmed, section, statusLine, table } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { when } from "../student/words.js";
import { courses } from "./calls.js";

/** @typedef {import("./calls.js").Owed} Owed */
/** @typedef {import("./calls.js").Assignment} Assignment */

/** @param {Assignment} found @param {Owed[]} owed */
export function owedOf(found, owed) {
  const place = h("div", { class: "stack" });
  const told = statusLine();

  /** @param {Owed[]} now */
  function show(now) {
    place.replaceChildren(now.length ? listed(now) : h("p", null, "Nothing is owed: whoever is done and was to wait has read their own report."));
    const waiting = now.filter((each) => !each.given_at && !each.overdue).map((each) => each.encounter_id);
    if (waiting.length) place.append(h("p", null, h("button", { class: "button", type: "button", onclick: () => void give(waiting) }, `Give it to ${waiting.length} now`)));
  }

  /** @param {string[]} ids */
  async function give(ids) {
    const sure = await confirmed({ title: "Give the withheld feedback now?", text: ["For a study that still runs this ends the comparison. It is not taken back."], yes: "Give it now", no: "Wait for the day" });
    if (!sure) return;
    try {
      show(await courses.give(found.id, ids));
      told.say("They can read it now. It stands here until they have.");
    } catch (failure) {
      told.fail(messageOf(failure));
    }
  }

  show(owed);
  return section("Feedback that is owed", h("p", { class: "soft" }, `Ethics approval: ${found.study?.ethics || "none is needed, nothing is withheld"}.`), place, told.element);
}

/** @param {Owed[]} owed */
function listed(owed) {
  return table({
    caption: "Learners whose own report was withheld and who have not read it",
    columns: [
      { head: "Learner", names: true, by: (each) => each.name, cell: (each) => each.name },
      { head: "Arm", cell: (each) => each.arm.replaceAll("_", " ") },
      { head: "By", cell: (each) => when(each.by) },
      { head: "State", cell: (each) => h("span", { class: each.overdue ? "tag warm" : "tag" }, each.given_at || each.overdue ? "open, not read yet" : "withheld") },
    ],
    rows: owed,
  });
}
