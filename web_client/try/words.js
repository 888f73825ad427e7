// Words of the debug pane. Pure.

/** @typedef {import("../types/wire.js").Debug} Debug */

/** @type {Record<import("../types/wire.js").DebugBeat["status"], string>} */
export const STATUS = {
  hidden: "Hidden",
  next: "Would come next",
  being_said: "Being said",
  open: "Lies open",
  met: "Met",
  missed: "Missed",
};

/** @param {string} why as the director gives it */
export function because(why) {
  /** @type {Record<string, string>} */
  const words = {
    overdue: "its time had come",
    triggered: "its trigger held",
    cued: "somebody who watches brought it forward",
    forced: "you forced it",
  };
  return words[why] ?? "";
}

/** What the learner's turn was taken for. @param {Debug["last_turn"]} turn */
export function taken(turn) {
  if (!turn) return "Nothing has been said yet.";
  const moves = turn.moves.length ? turn.moves.map((move) => move.replaceAll("_", " ")).join(", ") : "no move";
  return `Your turn to ${turn.toward} was taken for: ${moves}.${turn.barred ? " It did not arrive: a barrier kept it away." : ""}`;
}

/** @param {string} name of a timer, e.g. `window:B1` */
export function timerWords(name) {
  const [kind, about] = name.split(":");
  /** @type {Record<string, string>} */
  const words = {
    director: "Somebody speaks by themselves",
    tick: "Time alone may change something",
    warning: "The end is announced",
    time_up: "Time is up",
    typing: "What was typed becomes a turn",
    window: `The moment ${about} passes`,
    thinking: "The reply is given up",
    speaking: "The reply is taken for over",
    hearing: "The utterance is cut",
    recognising: "The words are given up",
  };
  return words[kind ?? ""] ?? name;
}
