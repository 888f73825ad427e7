// What the pages of a course ask of the server. Shapes: docs/courses.md.

import { ask } from "../app/api.js";

/** @typedef {import("../student/calls.js").Assignment} AsLearner */
/**
 * @typedef {"learner" | "staff"} Part
 * @typedef {{id: string, title: string, code: string, open: boolean, part: Part, learners: number, assignments: number}} CourseCard
 * @typedef {{kind: "none" | "debrief_only" | "days" | "course", days: number}} Retention
 * @typedef {{id: string, title: string, code: string, groups: string[], open: boolean, retention: Retention, edition: number,
 *   made_at: string, learners: number, staff: number}} Course
 * @typedef {{person: string, name: string, sign_in: string, part: Part, group: string, time_percent: number | null,
 *   text_mode: boolean, extra_attempts: number, active: boolean}} Person
 * @typedef {"personalised" | "reading_or_video" | "delayed"} Arm
 * @typedef {{arms: Arm[], ethics: string, owed_by: string, reading: string}} Study
 * @typedef {{title: string, case_id: string, variant: string, equivalent: string, portrayal: string, kind: "formative" | "summative",
 *   instructions: string, zone: string, opens: string, closes: string, attempts: number, rubric: string,
 *   release: "immediate" | "after_signoff" | "date", release_at: string, draft: "shown" | "hidden", second_marking: boolean, names_hidden: boolean,
 *   retention: Retention, study: Study | null, published: boolean}} Form
 * @typedef {Form & {id: string, course_id: string, edition: number, case_title: string, case_version: string, pinned: boolean,
 *   equivalent_title: string, state: "not_open" | "open" | "closed",
 *   opens_at: string | null, closes_at: string | null, releases_at: string | null, owed_at: string | null,
 *   attempts_made: number, made_at: string}} Assignment
 * @typedef {"not_begun" | "running" | "ended" | "stopped" | "reflected" | "marked" | "released" | "erased"} State
 * @typedef {{id: string, number: number, state: State, phase: string, ended: string, made_at: string, ended_at: string | null,
 *   opened: boolean, signed: boolean, appealed: boolean, released_at: string | null, withheld: string, held: boolean,
 *   held_until: string | null, arm: string, equivalent: boolean}} Attempt
 * @typedef {{person: string, name: string, group: string, state: State, attempts: Attempt[]}} Row
 * @typedef {{server_time: string, rows: Row[]}} Status
 * @typedef {{encounter_id: string, person: string, name: string, arm: Arm, by: string | null, overdue: boolean,
 *   given_at: string | null, read_at: string | null}} Owed
 * @typedef {{encounter_id: string, person: string, name: string, case_id: string, case_title: string, created_at: string, ended: string,
 *   shared_at: string}} Shared
 */

const part = encodeURIComponent;
const one = (/** @type {string} */ id) => `/api/courses/${part(id)}`;
const task = (/** @type {string} */ id) => `/api/assignments/${part(id)}`;

export const courses = {
  /** @returns {Promise<CourseCard[]>} */
  list: () => ask("GET", "/api/courses"),
  /** @param {Record<string, unknown>} form @returns {Promise<Course>} */
  make: (form) => ask("POST", "/api/courses", form),
  /** @param {string} id @returns {Promise<Course>} */
  read: (id) => ask("GET", one(id)),
  /** @param {string} id @param {Record<string, unknown>} form @returns {Promise<Course>} */
  change: (id, form) => ask("PUT", one(id), form),
  /** @param {string} id */
  drop: (id) => ask("DELETE", one(id)),
  /** @param {string} id @returns {Promise<Person[]>} */
  people: (id) => ask("GET", `${one(id)}/people`),
  /** @param {string} id @param {{sign_ins: string[], part: string, group: string}} form @returns {Promise<Person[]>} */
  add: (id, form) => ask("POST", `${one(id)}/people`, form),
  /** @param {string} id @param {string} person @param {Record<string, unknown>} form @returns {Promise<Person>} */
  place: (id, person, form) => ask("PUT", `${one(id)}/people/${part(person)}`, form),
  /** @param {string} id @param {string} person */
  remove: (id, person) => ask("DELETE", `${one(id)}/people/${part(person)}`),
  /** @param {string} id @returns {Promise<Shared[]>} */
  shared: (id) => ask("GET", `${one(id)}/shared`),
  /** @param {string} id @returns {Promise<Assignment[]>} */
  assignments: (id) => ask("GET", `${one(id)}/assignments`),
  /** @param {string} id @param {Form} form @returns {Promise<Assignment>} */
  assign: (id, form) => ask("POST", `${one(id)}/assignments`, form),
  /** @param {string} id @param {Form} form @returns {Promise<AsLearner>} */
  preview: (id, form) => ask("POST", `${one(id)}/preview`, form),
  /** @param {string} id of an assignment @returns {Promise<Assignment>} */
  assignment: (id) => ask("GET", task(id)),
  /** @param {string} id @param {Form & {edition: number}} form @returns {Promise<Assignment>} */
  reassign: (id, form) => ask("PUT", task(id), form),
  /** @param {string} id */
  unassign: (id) => ask("DELETE", task(id)),
  /** @param {string} id @returns {Promise<Status>} */
  status: (id) => ask("GET", `${task(id)}/status`),
  /** @param {string} id @returns {Promise<Owed[]>} */
  owed: (id) => ask("GET", `${task(id)}/owed`),
  /** @param {string} id @param {string[]} encounter_ids @returns {Promise<Owed[]>} */
  give: (id, encounter_ids) => ask("POST", `${task(id)}/owed`, { encounter_ids }),
  /** @param {string} id of an encounter @param {{held: boolean, until: string, why: string}} wish */
  hold: (id, wish) => ask("PUT", `/api/encounters/${part(id)}/hold`, wish),
  /** @param {string} id of an encounter */
  erase: (id) => ask("DELETE", `/api/encounters/${part(id)}/attempt`),
};
