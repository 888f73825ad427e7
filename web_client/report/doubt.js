// Which words of a turn were heard with doubt, and what has become of those that somebody corrected. Pure.

/** @typedef {import("../types/api.js").Turn} Turn */
/** @typedef {import("../types/api.js").Correction} Correction */

/** Whether a turn is the learner's own, spoken aloud. @param {{speaker: string, kind: string, heard_ms: number, text: string}} turn */
export function isSpoken({ speaker, kind, heard_ms, text }) {
  return speaker === "learner" && kind === "said" && heard_ms > 0 && text !== "";
}

/** Words as blanks separate them. @param {string} text */
export function wordsOf(text) {
  return text.split(/\s+/).filter(Boolean);
}

/**
 * The turn in runs of words, each in doubt or not.
 * @param {{text: string, doubtful: readonly (readonly [number, number])[]}} turn
 */
export function pieces({ text, doubtful }) {
  const all = wordsOf(text);
  /** @type {{text: string, doubt: boolean}[]} */
  const found = [];
  let from = 0;
  for (const [start, end] of doubtful) {
    found.push({ text: all.slice(from, start).join(" "), doubt: false }, { text: all.slice(start, end).join(" "), doubt: true });
    from = end;
  }
  found.push({ text: all.slice(from).join(" "), doubt: false });
  return found.filter((each) => each.text);
}

/** What to say of the doubtful words of a turn; empty where there are none. @param {{text: string, doubtful: readonly (readonly [number, number])[]}} turn */
export function doubtNote(turn) {
  if (!turn.doubtful.length) return "";
  const all = pieces(turn).every((each) => each.doubt);
  return all ? "heard with doubt, not counted" : "what is underlined with dots was heard with doubt and is not counted";
}

/** @param {Correction} correction */
export function correctionWords({ heard, words, state }) {
  const said = words ? `you said “${words}”` : "you said nothing";
  const what = `Where “${heard}” was heard, ${said}`;
  if (state === "accepted") return `${what}. Accepted: this is what counts.`;
  if (state === "refused") return `${what}, as you see it. Refused: what was heard counts.`;
  return `${what}, as you see it. Not settled yet; until then these words do not count.`;
}
