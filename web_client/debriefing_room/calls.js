// What the server is asked about debriefings, and the playlist as it is saved. The latter is pure.

import { ask } from "../app/api.js";

/**
 * @typedef {{turn: string, who: string, learner: boolean, kind: string, text: string}} Line
 * @typedef {{id: string, encounter_id: string, turn: string, question: string, notes: string, case_title: string, withheld: string,
 *   before: Line[], at: Line | null, after: Line[], asks: string}} Moment
 * @typedef {{heading: string, questions: string[]}} Phase
 * @typedef {{id: string, title: string, course_id: string, course: string, moments: number}} Card
 * @typedef {{id: string, title: string, course_id: string, course: string, edition: number, moments: Moment[], notes: string,
 *   themes: string[], board: string, frame: string, phases: Phase[]}} Playlist
 * @typedef {{encounter_id: string, turn: string, says: string, case_title: string, withheld: string, line: Line | null}} Bookmark
 */

const part = encodeURIComponent;

export const playlists = {
  /** @returns {Promise<Card[]>} */
  list: () => ask("GET", "/api/playlists"),
  /** @param {string} title @param {string} course @returns {Promise<Card>} */
  make: (title, course) => ask("POST", "/api/playlists", { title, course_id: course }),
  /** @param {string} id @returns {Promise<Playlist>} */
  read: (id) => ask("GET", `/api/playlists/${part(id)}`),
  /** @param {Playlist} playlist @returns {Promise<Playlist>} */
  save: (playlist) => ask("PUT", `/api/playlists/${part(playlist.id)}`, asSaved(playlist)),
  /** @param {string} id */
  drop: (id) => ask("DELETE", `/api/playlists/${part(id)}`),
  /** @param {string} id @returns {Promise<Bookmark[]>} */
  bookmarks: (id) => ask("GET", `/api/playlists/${part(id)}/bookmarks`),
  /** @returns {Promise<{id: string, title: string, part: string}[]>} */
  courses: () => ask("GET", "/api/courses"),
  /** @returns {Promise<{course_id: string, title: string, may_show: boolean}[]>} */
  mayShow: () => ask("GET", "/api/me/may-show"),
  /** @param {string} course @param {boolean} yes @returns {Promise<{course_id: string, title: string, may_show: boolean}[]>} */
  decide: (course, yes) => ask("PUT", `/api/me/may-show/${part(course)}`, { may_show: yes }),
};

/** What of a playlist is sent to be kept. @param {Playlist} playlist */
export function asSaved({ edition, title, moments, notes, themes, board }) {
  const kept = moments.map(({ id, encounter_id, turn, question, notes: noted }) => ({ id, encounter_id, turn, question, notes: noted }));
  return { edition, title, moments: kept, notes, themes, board };
}

/** The moments that can be shown to the group now. @param {Playlist} playlist */
export function shown({ moments }) {
  return moments.filter((moment) => moment.at && !moment.withheld);
}

/**
 * A list with one entry moved by so many places; at the ends it stays.
 * @template T
 * @param {readonly T[]} list @param {number} place @param {number} by
 */
export function moved(list, place, by) {
  const to = place + by;
  if (to < 0 || to >= list.length) return [...list];
  const made = [...list];
  made.splice(to, 0, ...made.splice(place, 1));
  return made;
}

/** What a turn is, where it is not speech. @param {Line} line */
export function kindWords({ kind }) {
  return { shown: "is seen", action: "does", silence: "is silent" }[kind] ?? "";
}
