// A name with the mark of its person, where there are several to be told apart.

import { h } from "../app/dom.js";
import { markOf, several } from "../live/people.js";
import { personMark } from "../screens/marks.js";

/** @param {import("../screens/report.js").About} about @param {string} speaker */
export function whoSaid(about, speaker) {
  const marked = several(about.cast) && speaker !== "learner";
  return h("span", { class: "who-said" }, marked && personMark(markOf(about.cast, speaker)), about.name(speaker));
}
