// What the student's own pages ask of the server. Shapes: docs/courses.md and server/api/people/own_data.py.

import { ask } from "../app/api.js";

/**
 * @typedef {{id: string, number: number, phase: string, ended: string, made_at: string, released: boolean, counts: boolean,
 *   equivalent: boolean}} Attempt
 * @typedef {{case_id: string, case_title: string, content_advisory: string[], may_begin: boolean, why_not: string}} Equivalent
 * @typedef {{id: string, course_id: string, course: string, title: string, case_id: string, case_title: string, variant: string,
 *   equivalent: Equivalent | null, instructions: string, portrayal: string, kind: "formative" | "summative", kind_words: string, zone: string, opens_at: string | null,
 *   closes_at: string | null, server_time: string, state: "not_open" | "open" | "closed", attempts_used: number, attempts_allowed: number | null,
 *   may_begin: boolean, why_not: string, go_on: string, time_percent: number, text_mode: boolean, release_words: string,
 *   retention_words: string, seen_by_words: string, study_words: string, attempts: Attempt[]}} Assignment
 * @typedef {{assignment_id: string, title: string, course: string, number: number, kind: string, portrayal: string, withheld: string,
 *   reading: string, held: boolean, equivalent: boolean}} Assigned
 * @typedef {{shared: {id: string, title: string, shared_at: string}[], may: {id: string, title: string}[]}} Shares
 * @typedef {{id: string, case_id: string, title: string, case_version: string, portrayal: string, created_at: string, ended: string,
 *   retry_of: string, kind: "practice" | "attempt", stays: string}} OwnEncounter
 * @typedef {{name: string, sign_in: string, roles: string[], since: string | null, encounters: OwnEncounter[],
 *   others: Record<string, number>, erasure_asked_at: string | null}} OwnData
 * @typedef {{at: string, who: string, encounter_id: string, what: string}} Look
 * @typedef {{use: boolean, practise: string, kept: boolean}} Background
 */

const part = encodeURIComponent;

export const student = {
  /** @returns {Promise<Assignment[]>} */
  assignments: () => ask("GET", "/api/assignments"),
  /** @param {string} id @returns {Promise<Assignment>} */
  assignment: (id) => ask("GET", `/api/assignments/${part(id)}/mine`),
  /** What is read before going in. @param {string} id @param {boolean} equivalent @returns {Promise<import("../types/api.js").CaseBriefing>} */
  briefing: (id, equivalent) => ask("GET", `/api/assignments/${part(id)}/case${equivalent ? "?equivalent=true" : ""}`),
  /** @param {string} id @param {{equivalent: boolean, carry: boolean}} wish @returns {Promise<{id: string}>} */
  attempt: (id, wish) => ask("POST", `/api/assignments/${part(id)}/attempts`, { ...wish, acknowledged: true }),
  /** @param {string} id of an encounter @returns {Promise<Assigned>} */
  assigned: (id) => ask("GET", `/api/encounters/${part(id)}/assigned`),
  /** @param {string} id @returns {Promise<Shares>} */
  shares: (id) => ask("GET", `/api/encounters/${part(id)}/shares`),
  /** @param {string} id @param {string} course @returns {Promise<Shares>} */
  share: (id, course) => ask("PUT", `/api/encounters/${part(id)}/shares/${part(course)}`),
  /** @param {string} id @param {string} course @returns {Promise<Shares>} */
  unshare: (id, course) => ask("DELETE", `/api/encounters/${part(id)}/shares/${part(course)}`),
  /** @returns {Promise<OwnData>} */
  data: () => ask("GET", "/api/me/data"),
  /** @returns {Promise<Look[]>} */
  seenBy: () => ask("GET", "/api/me/seen-by"),
  /** @returns {Promise<{erased: string[], kept: OwnEncounter[]}>} */
  erasePractice: () => ask("DELETE", "/api/me/encounters"),
  /** @param {boolean} wanted @returns {Promise<OwnData>} */
  askForErasure: (wanted) => ask("PUT", "/api/me/erasure", { wanted }),
  /** @returns {Promise<Background>} */
  background: () => ask("GET", "/api/me/background"),
  /** @param {{use: boolean, practise: string}} background @returns {Promise<Background>} */
  keepBackground: (background) => ask("PUT", "/api/me/background", background),
};
