// The talk as a picture: who spoke when, and where the moments were. Each moment has a shape and a number, and is a link.

import { h, svg } from "../app/dom.js";
import { to } from "../app/routes.js";
import { CODES, kindWords, opportunityWords } from "../screens/words.js";
import { outline, textY } from "./moments.js";
import { layout, ticks, WIDTH } from "./timeline_layout.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("./timeline_layout.js").Mark} Mark */
/** @typedef {import("./timeline_layout.js").Block} Block */

const LANE = { marks: 24, patient: 56, learner: 92, axis: 134 };
const HEIGHT = 146;

/** @param {About} about */
export function timeline(about) {
  const { blocks, marks, totalMs } = layout(about.encounter.turns, about.card.opportunities, about.encounter.timing["encounter_ms"] ?? 0);
  const picture = svg(
    "svg",
    { class: "timeline", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": "The talk over time" },
    svg("line", { class: "lane", x1: 0, x2: WIDTH, y1: LANE.patient + 12, y2: LANE.patient + 12 }),
    svg("line", { class: "lane", x1: 0, x2: WIDTH, y1: LANE.learner + 12, y2: LANE.learner + 12 }),
    ...blocks.map(block),
    ...ticks(totalMs).map(({ x, text }) => svg("text", { class: "tick", x, y: LANE.axis + 6, "text-anchor": x < 20 ? "start" : x > WIDTH - 20 ? "end" : "middle" }, text)),
    ...marks.map((each) => momentLink(about, each)),
  );
  const patient = about.detail.cast[0]?.name ?? "The patient";
  return h(
    "section",
    { class: "stack" },
    h("h2", null, "The talk over time"),
    h(
      "div",
      { class: "timeline-frame" },
      h("div", { class: "timeline-lanes", "aria-hidden": "true" }, h("span", null, "Moments"), h("span", null, patient.split(" ")[0] ?? patient), h("span", null, "You")),
      h("div", { class: "timeline-scroll", tabindex: "0", role: "region", "aria-label": "Timeline" }, picture),
    ),
    h("ul", { class: "legend" }, key("met", "met"), key("partly", "met in part"), key("passed", "passed by"), key("open", "no answer followed")),
  );
}

/** @param {Block} each */
function block({ turn, x, width, lane }) {
  const y = lane === "learner" ? LANE.learner : LANE.patient;
  const quiet = turn.kind !== "said";
  return svg("rect", { class: `block ${lane} ${turn.kind}`, x, width, y: quiet ? y + 8 : y, height: quiet ? 8 : 24, rx: 2 });
}

/** @param {About} about @param {Mark} each */
function momentLink(about, { opportunity, number, x, shape }) {
  const code = opportunity.code === null ? "" : `, ${CODES[opportunity.code] ?? ""}`;
  const name = `Moment ${number}: ${kindWords(opportunity.kind)}. ${opportunityWords(opportunity.state)}${code}. Go to its turn.`;
  return svg(
    "a",
    { class: `mark-shape ${shape}`, href: to.turn(about.id, opportunity.cue_turn), "aria-label": name, transform: `translate(${x} ${LANE.marks})` },
    svg("title", null, name),
    outline(shape),
    svg("text", { y: textY(shape), "text-anchor": "middle" }, number),
    svg("line", { class: "stem", x1: 0, x2: 0, y1: 14, y2: LANE.patient - LANE.marks }),
  );
}

/** @param {import("./timeline_layout.js").Shape} shape @param {string} text */
function key(shape, text) {
  return h("li", null, svg("svg", { class: `mark-shape ${shape}`, viewBox: "-16 -16 32 32", width: 22, height: 22, "aria-hidden": "true" }, outline(shape)), text);
}
