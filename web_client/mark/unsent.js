// What somebody gave or typed on a transcript and the server has not taken yet. It outlives the page, not the tab: whoever
// goes to another transcript and comes back finds it, and it is sent then.

/** @typedef {import("./saver.js").Waiting} Waiting */
/** @typedef {import("./decide_line.js").Thought} Thought */
/** @typedef {import("../types/api.js").Overall} Overall */

/**
 * `lines`: marks by dimension; `thoughts`: decisions by dimension; `whole`: a judgement that waits for its lines; `note`: to oneself.
 * @typedef {{lines: Map<string, Waiting>, thoughts: Map<string, Thought>, whole: Overall | null, note: string, stop: () => void}} Unsent
 */

/** @type {Map<string, Unsent>} */
const all = new Map();

/**
 * Taken over by the page that is opened now; whatever an earlier page still tries to send, it tries no more.
 * @param {string} encounter
 * @param {string} person whose it is: their id, or the name of somebody who has none
 * @returns {Unsent}
 */
export function unsentOf(encounter, person) {
  const key = JSON.stringify([encounter, person]);
  const before = all.get(key);
  before?.stop();
  /** @type {Unsent} */
  const now = { lines: new Map(before?.lines), thoughts: new Map(before?.thoughts), whole: before?.whole ?? null, note: before?.note ?? "", stop: () => undefined };
  all.set(key, now);
  return now;
}

/** Of two people of one name each has what is their own. @param {{id: string, one_person: boolean} | null} me @param {string} name */
export function whose(me, name) {
  return me && !me.one_person ? me.id : name;
}

/**
 * While a page is open: nothing unsaved goes with the tab unasked, and what waits is sent as soon as the window is left or
 * is back, or the line is there again.
 * @param {{unsaved: () => boolean, retry: () => void, back: () => void}} host `back`: the window has the focus again
 */
export function whileOpen({ unsaved, retry, back }) {
  const leaving = new AbortController();
  const until = { signal: leaving.signal };
  window.addEventListener("beforeunload", (event) => { if (unsaved()) event.preventDefault(); }, until);
  document.addEventListener("visibilitychange", () => { if (document.hidden) retry(); }, until);
  window.addEventListener("focus", back, until);
  window.addEventListener("online", retry, until);
  return leaving;
}
