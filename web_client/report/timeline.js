// The talk as a picture: who spoke when, and where the moments were. Each moment has a shape and a number, and is a link.

import { h, svg } from "../app/dom.js";
import { to } from "../app/routes.js";
import { minutes } from "../live/clock.js";
import { checkpointWords, CODES, kindWords } from "../screens/words.js";
import { isAwaited } from "../student/awaited.js";
import { howItWent, outline, textY } from "./moments.js";
import { layout, lettered, ticks, WIDTH } from "./timeline_layout.js";
import { whoSaid } from "./who.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("./timeline_layout.js").Mark} Mark */
/** @typedef {import("./timeline_layout.js").Tick} Tick */
/** @typedef {import("./timeline_layout.js").Block} Block */

const MARKS_Y = 24;
const FIRST_LANE_Y = 56;
/** The height of the row of moments, where it is left off. */
const NO_MARKS = 48;
const LANE_HEIGHT = 36;
const BLOCK = 24;
const STEPS = 24;

/** @param {About} about */
export function timeline(about) {
  const { lanes, blocks, marks, totalMs } = layout(about.encounter.turns, about.card.opportunities, about.encounter.timing["encounter_ms"] ?? 0);
  const steps = lettered(about.card.checkpoints.map((each) => ({ at_ms: each.at_ms, text: checkpointWords(each) })), totalMs);
  const below = FIRST_LANE_Y + lanes.length * LANE_HEIGHT;
  const axis = below + (steps.length ? STEPS : 0);
  const above = isAwaited(about) && !marks.length ? NO_MARKS : 0; // the moments are not shown yet
  const height = axis + 18 - above;
  const picture = svg(
    "svg",
    { class: "timeline", viewBox: `0 ${above} ${WIDTH} ${height}`, role: "group", "aria-label": "The talk over time" },
    ...lanes.map((_, at) => svg("line", { class: "lane", x1: 0, x2: WIDTH, y1: middle(at), y2: middle(at) })),
    ...blocks.map((each) => block(each, lanes.length - 1)),
    ...steps.map((each) => step(each, below)),
    ...ticks(totalMs).map(({ x, text }) => svg("text", { class: "tick", x, y: axis + 12, "text-anchor": x < 20 ? "start" : x > WIDTH - 20 ? "end" : "middle" }, text)),
    ...marks.map((each) => momentLink(about, each)),
  );
  return h(
    "section",
    { class: "stack" },
    h("h2", null, "The talk over time"),
    h(
      "div",
      { class: "timeline-frame" },
      names(about, lanes, { above, height, steps: steps.length ? below + 10 : 0 }),
      h("div", { class: "timeline-scroll", tabindex: "0", role: "region", "aria-label": "Timeline" }, picture),
    ),
    !above && h("ul", { class: "legend" }, key("met", "met"), key("partly", "met in part"), key("passed", "passed by"), key("open", "no answer followed")),
    stepList(steps),
  );
}

/** The middle of a lane. @param {number} at */
function middle(at) {
  return FIRST_LANE_Y + at * LANE_HEIGHT + BLOCK / 2;
}

/** @param {About} about @param {readonly string[]} lanes @param {{above: number, height: number, steps: number}} where `above` is left off; `steps`: where the checkpoints stand, 0 for none */
function names(about, lanes, { above, height, steps }) {
  const places = [...(above ? [] : [["Moments", MARKS_Y]]), ...lanes.map((speaker, at) => [whoSaid(about, speaker), middle(at)]), ...(steps ? [["Steps", steps]] : [])];
  const column = h("div", { class: "timeline-lanes", "aria-hidden": "true" });
  for (const [what, y] of places) {
    const label = h("span", null, /** @type {Node | string} */ (what));
    label.style.setProperty("top", `${((Number(y) - above) / height) * 100}%`);
    column.append(label);
  }
  return column;
}

/** @param {Block} each @param {number} learner the learner's lane */
function block({ turn, x, width, lane }, learner) {
  const y = FIRST_LANE_Y + lane * LANE_HEIGHT;
  const quiet = turn.kind !== "said";
  return svg("rect", { class: `block ${lane === learner ? "learner" : "theirs"} ${turn.kind}`, x, width, y: quiet ? y + 8 : y, height: quiet ? 8 : BLOCK, rx: 2 });
}

/** @param {Tick} each @param {number} y */
function step({ letter, x, text }, y) {
  return svg("g", { class: "step-tick" }, svg("title", null, text), svg("line", { x1: x, x2: x, y1: y - 4, y2: y + 4 }), svg("text", { class: "tick", x, y: y + 18, "text-anchor": "middle" }, letter));
}

/** @param {readonly Tick[]} steps */
function stepList(steps) {
  if (!steps.length) return null;
  const rows = steps.map((each) => h("li", null, h("span", { class: "step-letter", "aria-hidden": "true" }, each.letter), h("span", { class: "turn-time soft" }, minutes(each.at_ms)), h("span", null, each.text)));
  return h("div", { class: "stack-tight" }, h("h3", null, "Steps on the way"), h("ol", { class: "plain steps-list" }, ...rows));
}

/** @param {About} about @param {Mark} each */
function momentLink(about, { opportunity, number, x, shape }) {
  const code = opportunity.code === null ? "" : `, ${CODES[opportunity.code] ?? ""}`;
  const name = `Moment ${number}: ${kindWords(opportunity.kind)}, ${about.name(opportunity.cue_speaker)}. ${howItWent(opportunity, shape)}${code}. Go to its turn.`;
  return svg(
    "a",
    { class: `mark-shape ${shape}`, href: to.turn(about.id, opportunity.cue_turn), "aria-label": name, transform: `translate(${x} ${MARKS_Y})` },
    svg("title", null, name),
    outline(shape),
    svg("text", { y: textY(shape), "text-anchor": "middle" }, number),
    svg("line", { class: "stem", x1: 0, x2: 0, y1: 14, y2: FIRST_LANE_Y - MARKS_Y }),
  );
}

/** @param {import("./timeline_layout.js").Shape} shape @param {string} text */
function key(shape, text) {
  return h("li", null, svg("svg", { class: `mark-shape ${shape}`, viewBox: "-16 -16 32 32", width: 22, height: 22, "aria-hidden": "true" }, outline(shape)), text);
}
