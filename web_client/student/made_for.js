// On a report: what the encounter was made for, and why its marks may not be there yet.

import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { kindTag } from "./assignments.js";

/** @typedef {import("./calls.js").Assigned} Assigned */

/** @param {Assigned | null} assigned null: practice */
export function madeFor(assigned) {
  if (!assigned) return null;
  const { assignment_id: id, title, course, number, kind, withheld, reading, equivalent } = assigned;
  return h(
    "div",
    { class: "stack-tight" },
    h("p", { class: "row tags" }, kindTag({ kind: kind === "summative" ? "summative" : "formative" }), h("span", { class: "tag" }, `Attempt ${number}`), equivalent && h("span", { class: "tag" }, "The equivalent case")),
    h("p", null, "Made for ", h("a", { href: to.assignment(id) }, title), `, ${course}. Its staff can read it.`),
    withheld && h("p", { class: "note" }, h("strong", null, "Not shown yet. "), `${withheld} Until then what was said is here to read again, and your own words with it.`),
    reading && h("p", { class: "prose" }, reading),
  );
}
