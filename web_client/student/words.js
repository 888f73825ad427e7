// Words for assignments and what is kept. Pure.

/** @typedef {import("./calls.js").Assignment} Assignment */

/**
 * A point in time as its reader's clock shows it, with the zone; and as the course's clock does, where that is another.
 * @param {string | null} stamp ISO 8601
 * @param {string} [zone] of the course, e.g. `Europe/Berlin`
 * @param {string} [own] of the reader
 */
export function when(stamp, zone = "", own = Intl.DateTimeFormat().resolvedOptions().timeZone) {
  const time = new Date(stamp ?? "");
  if (!stamp || Number.isNaN(time.getTime())) return "";
  const here = shown(time, own);
  if (!zone || zone === own || shown(time, zone, false) === shown(time, own, false)) return here;
  return `${here} (${shown(time, zone)} for the course)`;
}

/** @param {Date} time @param {string} zone @param {boolean} [named] */
function shown(time, zone, named = true) {
  const parts = /** @type {Intl.DateTimeFormatOptions} */ ({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: zone });
  return time.toLocaleString(undefined, named ? { ...parts, timeZoneName: "short" } : parts);
}

/** When it can be done. @param {Pick<Assignment, "opens_at" | "closes_at" | "zone" | "state">} each */
export function windowWords({ opens_at: opens, closes_at: closes, zone, state }) {
  if (state === "not_open") return `Opens ${when(opens, zone)}`;
  if (state === "closed") return closes ? `Closed ${when(closes, zone)}` : "Closed";
  return closes ? `Open until ${when(closes, zone)}` : "Open, without a last day";
}

const TWELVE_HOURS = 12 * 60 * 60_000;

/** Milliseconds until its window opens, by the server's clock; null: it is open, over, or half a day off and more. @param {Pick<Assignment, "opens_at" | "server_time" | "state">} each */
export function opensIn({ opens_at: opens, server_time: now, state }) {
  const left = Date.parse(opens ?? "") - Date.parse(now);
  return state === "not_open" && left >= 0 && left < TWELVE_HOURS ? left + 500 : null;
}

/** @param {Pick<Assignment, "attempts_used" | "attempts_allowed">} each */
export function attemptsWords({ attempts_used: used, attempts_allowed: allowed }) {
  if (allowed === null) return used ? `${used} so far, as many as you like` : "As many as you like";
  const left = Math.max(0, allowed - used);
  if (left === 0) return allowed === 1 ? "The one there is was used" : `All ${allowed} used`;
  return `${left} of ${allowed} left`;
}

/** @param {number} percent */
export function timeWords(percent) {
  if (percent === 0) return "No time limit, as agreed";
  return percent === 100 ? "The usual time" : `${percent / 100} times the usual time, as agreed`;
}

/** What is to be done next. @param {Assignment} each */
export function nextWords(each) {
  if (each.go_on) return "Go on";
  if (each.may_begin) return each.attempts_used ? "Begin another attempt" : "Begin";
  return "Look at it";
}

/** What is counted, in words: "3 boards". @param {string} kind @param {number} count */
export function countWords(kind, count) {
  /** @type {Record<string, [string, string]>} */
  const words = { encounters: ["encounter", "encounters"], posts: ["post on a reflection board", "posts on reflection boards"], boards: ["reflection board that you run", "reflection boards that you run"], courses: ["course that you are in", "courses that you are in"], case_files: ["case that you are writing", "cases that you are writing"], shares: ["encounter shown to a course", "encounters shown to a course"] };
  const [one, many] = words[kind] ?? [kind, kind];
  return `${count} ${count === 1 ? one : many}`;
}

/** What somebody on the staff did, as the audit calls it. @param {string} what */
export function lookWords(what) {
  /** @type {Record<string, string>} */
  const words = { encounter_read: "read it", transcript_exported: "took a copy of it", marks_released: "released its marks", encounter_watched: "watched it", marks_read: "read its signed marks in a table of the whole assignment", quoted_to_staff: "was shown words of it, without a name, with those of others" };
  return words[what] ?? what.replaceAll("_", " ");
}
