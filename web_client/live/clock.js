// Times as people read them, and the encounter's clock between two messages of the server. Pure.

/** @typedef {import("../types/wire.js").Timer} Timer */

/** Minutes and seconds. @param {number} ms */
export function minutes(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * @param {Timer} timer
 * @param {number} sinceMs since the server said so
 */
export function clockText(timer, sinceMs) {
  const at = timer.at_ms + (timer.running ? sinceMs : 0);
  if (timer.limit_ms === null) return minutes(at);
  return `${minutes(Math.max(0, timer.limit_ms - at))} left`;
}
