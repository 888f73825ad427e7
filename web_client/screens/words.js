// Words for phases, states and codes, in one place, so that they can be read, translated and judged together. Pure.

/** @param {string} status of a case */
export function statusWords(status) {
  return status === "approved" ? "Reviewed by educators" : "Not yet reviewed by educators";
}

/** @param {string} phase */
export function placeWords(phase) {
  if (phase === "reflection") return "Reflect";
  return phase === "done" ? "Report" : "Resume";
}

/** @param {string} phase @param {string} ended */
export function endedWords(phase, ended) {
  if (phase === "prebrief") return "not begun";
  if (phase === "paused" || phase === "encounter") return "not ended, the clock stands still";
  if (phase === "reflection") return "ended, waiting for your reflection";
  return ended === "stop" ? "stopped, not scored" : "ended";
}

/** @param {string} stamp ISO 8601, or empty */
export function beganWords(stamp) {
  const time = new Date(stamp);
  if (!stamp || Number.isNaN(time.getTime())) return "";
  return time.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

/** The first name, as the state line uses it. @param {string} name */
export function firstName(name) {
  return name.split(/\s+/)[0] || "The patient";
}

/** What the ledger's codes mean: our own wording of the scale. */
export const CODES = /** @type {const} */ ([
  "It was blocked",
  "A token that would fit anyone",
  "Answered in part",
  "Met: this person's own feeling or meaning",
  "Met, and taken further",
]);

/** @param {string} state of an opportunity */
export function opportunityWords(state) {
  /** @type {Record<string, string>} */
  const words = {
    addressed: "Met",
    missed: "Passed by",
    unanswered: "No answer followed",
    not_offered: "Not offered: this moment did not come up, and it does not count",
  };
  return words[state] ?? state;
}

/**
 * What a reader must know of how the words were heard; empty where there is nothing.
 * @param {Record<string, string>} provenance
 */
export function hearingWords(provenance) {
  return (provenance["hearing"] ?? "").endsWith(", embedded") ? "Heard by a demonstration engine: marks are for practice only." : "";
}

/** @param {string} kind of a beat */
export function kindWords(kind) {
  /** @type {Record<string, string>} */
  const words = {
    cue: "A hint",
    concern: "A worry",
    challenge: "A challenge",
    behaviour: "Something shown",
    disclosure: "Something told",
    question: "A question",
  };
  return words[kind] ?? kind;
}

/** @param {{status: string, level: number | null}} rating */
export function levelWords({ status, level }) {
  if (status === "not_applicable") return "Not applicable";
  return status === "rated" && level !== null ? `${level} of 4` : "Unrated: needs a person";
}
