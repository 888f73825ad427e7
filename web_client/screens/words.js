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

/** What kind of ending it was that somebody in the room made. @param {string} name empty where it is not known */
export function sentAwayWords(name) {
  return `${name || "Somebody in the room"} ended the conversation.`;
}

/** @param {string} phase @param {string} ended @param {string} [name] of the only person there was */
export function endedWords(phase, ended, name = "") {
  if (phase === "prebrief") return "not begun";
  if (phase === "paused" || phase === "encounter") return "not ended, the clock stands still";
  const how = ended === "sent_away" ? `${name || "somebody in the room"} ended the conversation` : "ended";
  if (phase === "reflection") return `${how}, waiting for your reflection`;
  if (ended === "sent_away") return how;
  return ended === "stop" ? "stopped, not scored" : "ended";
}

/** @param {string} stamp ISO 8601, or empty */
export function beganWords(stamp) {
  const time = new Date(stamp);
  if (!stamp || Number.isNaN(time.getTime())) return "";
  return time.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

/** Where an act stands in its story. @param {import("../types/api.js").Unfolding} act */
export function actWords({ story, number, of }) {
  return `Part ${number} of ${of}: ${story}`;
}

/** @param {string} profession of the learner's role */
export function professionWords(profession) {
  /** @type {Record<string, string>} */
  const words = { nursing: "Nursing", medicine: "Medicine" };
  return words[profession] ?? "Other";
}

/** Of a case in which the learner lies in the bed. */
export const REVERSED = "You play the patient; nothing is scored";

/** What a checkpoint is called: the case's own words, or its name made readable. @param {{id: string, text: string}} checkpoint */
export function checkpointWords({ id, text }) {
  const name = id.replace(/^[A-Z]+\d*_/, "").replaceAll("_", " ");
  return text || name.charAt(0).toUpperCase() + name.slice(1);
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
    unclear: "Cannot be told: the answer was heard with doubt",
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
  if (status === "held") return "Waits for your faculty";
  return status === "rated" && level !== null ? `${level} of 4` : "Unrated: needs a person";
}
