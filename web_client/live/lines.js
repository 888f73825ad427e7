// The list of captions: lines are put in and changed by id, and none ever stands twice. Pure.

/** @typedef {import("../types/wire.js").Line} Line */
/** @typedef {import("../types/wire.js").View} View */
/** @typedef {import("../types/api.js").Turn} Turn */

/** Below this confidence the learner is told that the software was not sure. */
export const SURE = 0.5;

/** @type {Omit<Line, "id">} */
const FRESH = { speaker: "", name: "", kind: "said", text: "", state: "done", cut: false, unsure: false };

/**
 * Change the line with this id, or add it at the end.
 * @param {View} view
 * @param {string} id
 * @param {Partial<Line>} changes
 * @returns {View}
 */
export function put(view, id, changes) {
  if (!id) return view;
  if (view.lines.some((line) => line.id === id)) return touch(view, id, changes);
  return { ...view, lines: [...view.lines, { ...FRESH, ...changes, id }] };
}

/**
 * Change the line with this id, if there is one.
 * @param {View} view
 * @param {string} id
 * @param {Partial<Line>} changes
 * @returns {View}
 */
export function touch(view, id, changes) {
  return { ...view, lines: view.lines.map((line) => (line.id === id ? { ...line, ...changes } : line)) };
}

/**
 * Captions grow by pieces; where two sentences meet without a space, one is put between.
 * @param {string} before
 * @param {string} delta
 */
export function joined(before, delta) {
  return /[.!?…"']$/.test(before) && /^[\p{L}\p{N}]/u.test(delta) ? `${before} ${delta}` : before + delta;
}

/**
 * The transcript that the server keeps, as captions; lines that only this page knows (being sent) stay at the end.
 * @param {View} view
 * @param {readonly Turn[]} turns
 * @returns {View}
 */
export function recalled(view, turns) {
  const kept = turns.map((turn) => {
    const known = view.lines.find((line) => line.id === turn.id);
    const live = known && (known.state === "speaking" || known.state === "hearing" || known.state === "recognising");
    if (live) return known;
    const { id, speaker, kind, text, cut, confidence } = turn;
    return { ...FRESH, id, speaker, kind, text, cut, unsure: confidence < SURE };
  });
  return { ...view, lines: [...kept, ...view.lines.filter((line) => !told(line, turns))] };
}

/**
 * Whether the kept transcript holds this line, by its id or, where two typed messages became one turn, by its words.
 * @param {Line} line
 * @param {readonly Turn[]} turns
 */
function told(line, turns) {
  if (turns.some((turn) => turn.id === line.id)) return true;
  return line.speaker === "learner" && turns.some((turn) => turn.speaker === "learner" && turn.text.includes(line.text));
}
