// A silence that is held on purpose: real time, from the button to whatever ends it. Pure: the time is an argument.

export const SHORTEST_MS = 3000;
export const LONGEST_MS = 60000;

/**
 * What a held silence comes to: its length for the server, or null when it was too short to be one.
 * @param {number} fromMs
 * @param {number} toMs
 */
export function heldMs(fromMs, toMs) {
  const ms = Math.min(LONGEST_MS, Math.round(toMs - fromMs));
  return ms < SHORTEST_MS ? null : ms;
}
