// Where everything stands on the timeline. Pure.

/** @typedef {import("../types/api.js").Turn} Turn */
/** @typedef {import("../types/api.js").Opportunity} Opportunity */
/** @typedef {"met" | "partly" | "passed" | "open"} Shape */
/** @typedef {{turn: Turn, x: number, width: number, lane: number}} Block */
/** @typedef {{letter: string, x: number, at_ms: number, text: string}} Tick */
/** @typedef {{opportunity: Opportunity, number: number, x: number, shape: Shape}} Mark */

export const WIDTH = 960;
const LEAST = 5;
const MARK_GAP = 34;
/** Reading aloud: what a typed turn would last. */
const MS_A_CHARACTER = 60;

/** Those that came up, in the order in which the report counts them. @param {readonly Opportunity[]} all */
export function offered(all) {
  return all.filter((each) => each.state !== "not_offered" && each.cue_turn);
}

/** @param {Opportunity} each @returns {Shape} */
export function shapeOf(each) {
  if (each.code === null) return each.state === "missed" ? "passed" : "open";
  if (each.code === 0) return "passed";
  return each.code >= 3 ? "met" : "partly";
}

/** How long a turn lasts on the timeline. @param {Turn} turn */
function lengthMs(turn) {
  return turn.heard_ms || (turn.kind === "said" ? turn.text.length * MS_A_CHARACTER : 0);
}

/**
 * A typed turn takes no longer than until the next; spoken ones may really overlap.
 * @param {Turn} turn
 * @param {Turn | undefined} next
 */
function roomMs(turn, next) {
  return turn.heard_ms || !next ? Infinity : next.at_ms - turn.at_ms;
}

/**
 * @param {readonly Turn[]} turns
 * @param {readonly Opportunity[]} opportunities
 * @param {number} totalMs of the encounter
 * @returns {{lanes: string[], blocks: Block[], marks: Mark[], totalMs: number}} `lanes`: who has which, the learner last
 */
export function layout(turns, opportunities, totalMs) {
  const last = Math.max(totalMs, 1000, ...turns.map((turn) => turn.at_ms + lengthMs(turn)));
  const scale = WIDTH / last;
  const lanes = [...new Set(turns.map((turn) => turn.speaker).filter((speaker) => speaker !== "learner")), "learner"];
  /** @type {Block[]} */
  const blocks = turns.map((turn, at) => ({
    turn,
    x: turn.at_ms * scale,
    width: Math.max(LEAST, Math.min(lengthMs(turn), roomMs(turn, turns[at + 1])) * scale - 1),
    lane: lanes.indexOf(turn.speaker),
  }));
  return { lanes, blocks, marks: spread(placed(blocks, opportunities)), totalMs: last };
}

/** @param {readonly Block[]} blocks @param {readonly Opportunity[]} opportunities @returns {Mark[]} */
function placed(blocks, opportunities) {
  return offered(opportunities).flatMap((opportunity, at) => {
    const block = blocks.find((each) => each.turn.id === opportunity.cue_turn);
    return block ? [{ opportunity, number: at + 1, x: block.x + block.width / 2, shape: shapeOf(opportunity) }] : [];
  });
}

/** Marks that would lie on each other are moved apart, in their order. @param {Mark[]} marks */
function spread(marks) {
  const sorted = [...marks].sort((one, other) => one.x - other.x);
  let from = 16;
  for (const mark of sorted) {
    mark.x = Math.max(mark.x, from);
    from = mark.x + MARK_GAP;
  }
  let until = WIDTH - 16;
  for (const mark of sorted.reverse()) {
    mark.x = Math.min(mark.x, until);
    until = mark.x - MARK_GAP;
  }
  return marks;
}

const TICK_GAP = 22;

/**
 * Checkpoints in their order, each with a letter; those that would lie on each other are moved apart.
 * @param {readonly {at_ms: number, text: string}[]} checkpoints
 * @param {number} totalMs
 * @returns {Tick[]}
 */
export function lettered(checkpoints, totalMs) {
  let from = 8;
  const placed = checkpoints.map(({ at_ms, text }, at) => {
    const x = Math.max(from, (at_ms / totalMs) * WIDTH);
    from = x + TICK_GAP;
    return { letter: String.fromCharCode(97 + (at % 26)), x, at_ms, text };
  });
  let until = WIDTH - 8;
  for (const tick of [...placed].reverse()) {
    tick.x = Math.min(tick.x, until);
    until = tick.x - TICK_GAP;
  }
  return placed;
}

/** Whole minutes to be written under the timeline. @param {number} totalMs */
export function ticks(totalMs) {
  const minute = WIDTH / (totalMs / 60_000);
  const every = Math.max(1, Math.ceil(60 / minute));
  const count = Math.floor(totalMs / 60_000 / every);
  return Array.from({ length: count + 1 }, (_, k) => ({ x: k * every * minute, text: `${k * every} min` }));
}
