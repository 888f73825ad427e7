// The state of the encounter in words. Never by colour alone: each state has its words and its own shape. Pure.

/**
 * @typedef {{line: "connecting" | "open" | "waiting" | "closed", phase: string, floor: string, talking: boolean,
 *   playing: boolean, holding: boolean, handsFree: boolean, voice: boolean}} Situation
 * @typedef {"reconnecting" | "paused" | "hearing" | "speaking" | "thinking" | "silence" | "listening" | "over"} StateKey
 */

/** @param {Situation} now @returns {StateKey} */
export function stateOf(now) {
  if (now.phase === "reflection" || now.phase === "done") return "over";
  if (now.line !== "open") return "reconnecting";
  if (now.phase === "paused") return "paused";
  if (now.talking || now.floor === "hearing") return "hearing";
  if (now.playing || now.floor === "speaking") return "speaking";
  if (now.floor === "thinking") return "thinking";
  return now.holding ? "silence" : "listening";
}

/**
 * @param {StateKey} key
 * @param {{alone: boolean, name: string, thing?: boolean}} who `alone`: only one person can answer; `name`: who answers, empty
 *   for nobody yet; `thing`: it is none of the people
 * @param {Situation} now
 */
export function stateWords(key, { alone, name, thing }, now) {
  const speaking = thing ? `Now: ${name}.` : `${name || "Somebody"} is speaking.`;
  const ready = alone ? `${name} is listening.` : "The room is listening.";
  const waits = now.voice && !now.handsFree ? `${ready} Your microphone is off.` : ready;
  /** @type {Record<StateKey, string>} */
  const words = {
    reconnecting: "Reconnecting.",
    paused: "Paused. The clock stands still.",
    hearing: now.talking ? "Hearing you. Press again when you have finished." : "Hearing you.",
    speaking,
    thinking: name && !thing ? `${name} is thinking.` : "One moment.",
    silence: "You are holding a silence.",
    listening: waits,
    over: "The encounter is over.",
  };
  return words[key];
}
