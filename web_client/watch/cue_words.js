// What a cue is called, and what became of it, in words. Pure.

/** @typedef {import("../types/wire.js").Cueable} Cueable */

/** @type {Record<string, string>} */
const KINDS = {
  cue: "A hint",
  concern: "A worry",
  challenge: "A challenge",
  behaviour: "Something they do",
  disclosure: "A confidence",
  question: "A question",
  prompt: "A line against stalling",
};

/** @param {Cueable} cue */
export function cueName(cue) {
  return `${KINDS[cue.kind] ?? "A moment"}, ${cue.speaker_name}`;
}

/** Where it stands, beside its button; empty for what may be brought forward. @param {Cueable} cue */
export function standing(cue) {
  if (cue.state === "given") return cue.beat ? "It was brought forward, and was heard." : "It was brought forward, and was said.";
  if (cue.state === "dropped") return `It did not come. ${cue.why}`.trim();
  if (cue.state === "taken_back" && !cue.why) return "Taken back. It may be brought forward again.";
  return cue.why;
}

/** What has just become of it, for a live region. @param {Cueable} cue @param {string} state */
export function newsWords(cue, state) {
  const words = `“${cue.words}”`;
  if (state === "given") return `${words} was ${cue.beat ? "heard" : "said"}.`;
  if (state === "taken_back") return `${words} was taken back.`;
  return state === "waiting" ? `${words} waits for the next free moment.` : `${words} did not come: the moment has passed.`;
}

/** @param {Cueable} cue @param {Cueable} other */
export function isSame(cue, other) {
  return cue.beat === other.beat && cue.prompt === other.prompt;
}
