// What a stopwatch knows, apart from the score.

import { h } from "../app/dom.js";
import { minutes } from "../live/clock.js";

/** @typedef {import("../types/api.js").Timing} Timing */

/** @type {[string, string, (value: number) => string][]} */
const FACTS = [
  ["encounter_ms", "Length", minutes],
  ["learner_turns", "Times you spoke", String],
  ["talk_share_time", "Your share of the speaking time", percent],
  ["talk_share", "Your share of the words", percent],
  ["open_questions", "Open questions", String],
  ["closed_questions", "Closed questions", String],
  ["silences_held", "Silences you held", String],
  ["interruptions_by_learner", "Times you spoke into their words", String],
  ["interruptions_by_patient", "Times they began before you had finished", String],
  ["overlaps", "Times both were heard at once", String],
  ["backchannels", "“Mm-hm” and the like while they spoke", String],
  ["median_pause_ms", "Pause before you answered, typically", seconds],
  ["median_pause_after_cue_ms", "The same after a hint of theirs", seconds],
  ["longest_pause_ms", "The longest pause before you answered", seconds],
  ["words_per_minute", "Your pace", pace],
  ["slowest_words_per_minute", "Your slowest turn", pace],
  ["fastest_words_per_minute", "Your fastest turn", pace],
  ["longest_monologue_ms", "The longest you spoke without a word of theirs", seconds],
];

/** @param {number} share */
function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/** @param {number} ms */
function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** @param {number} words */
function pace(words) {
  return `${words} words a minute`;
}

/** Facts as people read them; what was not measured is left out. @param {Timing} timing */
export function readable(timing) {
  return FACTS.flatMap(([key, name, write]) => {
    const value = timing[key];
    return value === null || value === undefined ? [] : [{ name, text: write(value) }];
  });
}

/** @param {Timing} timing */
export function facts(timing) {
  const rows = readable(timing).map(({ name, text }) => h("div", null, h("dt", null, name), h("dd", null, text)));
  return h(
    "section",
    { class: "stack" },
    h("h2", null, "What a stopwatch knows"),
    h("p", { class: "soft" }, "Facts beside the score, not part of it. A long pause is not a fault, and an overlap may be warmth. What was not measured is left out."),
    h("dl", { class: "facts wide" }, ...rows),
  );
}
