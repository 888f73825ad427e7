// What a closed socket means for the learner, and how long to wait before trying again. Pure.

/**
 * again: try by ourselves; ask: only when the learner wants it; over: the encounter has ended; signin: who are you?
 * @typedef {{then: "again" | "ask" | "over" | "signin", words: string, forget?: boolean, slow?: boolean, taken?: boolean}} Closing
 *   `taken`: whatever is on the page is not theirs to read any more
 */

/** @type {Record<number, Closing>} */
const BY_CODE = {
  1000: { then: "over", words: "" },
  1009: { then: "again", words: "A message was too long for the server." },
  1012: { then: "again", words: "Bedside is restarting." },
  1013: { then: "again", words: "There is no room at the moment. We keep trying.", slow: true },
  4400: { then: "ask", words: "The server did not understand this page. Reload it, and go on." },
  4401: { then: "signin", words: "You are signed out." },
  4403: { then: "signin", words: "The invitation to watch was taken back.", taken: true },
  4404: { then: "ask", words: "There is no such encounter here any more." },
  4408: { then: "again", words: "The connection was too slow." },
  4409: { then: "ask", words: "This encounter was opened in another window. It goes on there." },
  4410: { then: "over", words: "This encounter is over." },
  4422: { then: "again", words: "", forget: true },
  4429: { then: "ask", words: "The microphone sent more sound than there is time. Please go on." },
};

const DROPPED = /** @type {Closing} */ ({ then: "again", words: "The connection dropped. Nothing you said is lost." });

/** @param {number} code a WebSocket close code @returns {Closing} */
export function closing(code) {
  return BY_CODE[code] ?? DROPPED;
}

/**
 * @param {number} attempt 0 for the first
 * @param {boolean} slow the server asked for patience
 * @param {number} chance 0 to 1, so that a class does not come back in one instant
 */
export function backoffMs(attempt, slow, chance) {
  const base = Math.min(8000, 400 * 2 ** Math.min(attempt, 8)) * (slow ? 4 : 1);
  return Math.round(base * (0.75 + chance / 2));
}
