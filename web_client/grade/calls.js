// What the grading pages ask of the server. Shapes: server/api/grading.

import { ask } from "../app/api.js";

/**
 * @typedef {{code: string, says: string}} Flag
 * @typedef {{encounter_id: string, course_id: string, course: string, assignment_id: string, assignment: string, case: string, learner: string, names_hidden: boolean,
 *   number: number, made_at: string, due_at: string | null, state: string, state_words: string, mine: "none" | "open" | "closed", markers: number,
 *   sheets_needed: number, flags: Flag[], opened_at: string | null, signed_by: string, signed_at: string | null, released_at: string | null}} Row
 * @typedef {{rows: Row[], signed: number, to_sign: number}} Queue
 * @typedef {{id: string, text: string, dimension: string, course: string}} Comment
 * @typedef {{id: string, kind: "bookmark" | "note" | "flag", turn: string, at_ms: number | null, dimension: string, text: string, made_at: string}} Remark
 * @typedef {import("../types/api.js").MarkStatus} MarkStatus
 * @typedef {{dimension: string, name: string, status: MarkStatus, level: number | null, signed_status: MarkStatus, signed_level: number | null}} Beside
 * @typedef {{lines: Beside[], same: number, compared: number, apart: number | null}} TrialAgreement
 * @typedef {{encounter_id: string, course: string, case: string, rubric: string, rubric_version: string, state: "to_mark" | "done" | "known",
 *   agreement: TrialAgreement | null}} TrialCard
 * @typedef {{encounter_id: string, title: string, speakers: Record<string, string>, turns: import("../types/api.js").Turn[],
 *   rubric: import("../types/api.js").Rubric, agreement: TrialAgreement | null}} TrialPage
 */

const part = encodeURIComponent;

export const grading = {
  /** @param {string} [assignment] @returns {Promise<Queue>} */
  queue: (assignment = "") => ask("GET", `/api/grading/queue${assignment && `?assignment=${part(assignment)}`}`),
  /** @param {string} course @returns {Promise<Comment[]>} */
  comments: (course) => ask("GET", `/api/grading/comments${course && `?course=${part(course)}`}`),
  /** @param {string} text @param {string} dimension @param {string} course empty: for oneself @returns {Promise<Comment>} */
  keepComment: (text, dimension, course) => ask("POST", "/api/grading/comments", { text, dimension, course }),
  /** @param {Comment} comment */
  dropComment: ({ id, course }) => ask("DELETE", `/api/grading/comments/${part(id)}${course && `?course=${part(course)}`}`),
  /** @param {string} id of an encounter @returns {Promise<Remark[]>} */
  remarks: (id) => ask("GET", `/api/encounters/${part(id)}/remarks`),
  /** @param {string} id @param {Partial<Remark>} remark @returns {Promise<Remark>} */
  remark: (id, remark) => ask("POST", `/api/encounters/${part(id)}/remarks`, remark),
  /** @param {string} id @param {string} remark */
  dropRemark: (id, remark) => ask("DELETE", `/api/encounters/${part(id)}/remarks/${part(remark)}`),
  /** @param {string} assignment @param {string[]} encounter_ids @returns {Promise<{released: unknown}>} */
  release: (assignment, encounter_ids) => ask("POST", `/api/assignments/${part(assignment)}/release`, { encounter_ids }),
  /** @param {string} rubric @returns {Promise<import("./agreement.js").Calibration>} */
  calibration: (rubric) => ask("GET", `/api/grading/calibration${rubric && `?rubric=${part(rubric)}`}`),
  /** @param {string} rubric @param {string} digest of what was looked at */
  applyCalibration: (rubric, digest) => ask("PUT", `/api/grading/calibration/${part(rubric)}`, { digest }),
  /** @param {string} rubric */
  withdrawCalibration: (rubric) => ask("DELETE", `/api/grading/calibration/${part(rubric)}`),
  /** @returns {Promise<TrialCard[]>} */
  trials: () => ask("GET", "/api/grading/trials"),
  /** @param {string} id @returns {Promise<TrialPage>} */
  trial: (id) => ask("GET", `/api/grading/trials/${part(id)}`),
  /** @param {string} id @param {{dimension: string, status: MarkStatus, level: number | null}[]} lines @returns {Promise<TrialAgreement>} */
  markTrial: (id, lines) => ask("POST", `/api/grading/trials/${part(id)}`, { lines }),
  /** @param {string} id @param {boolean} there */
  calibrationSet: (id, there) => ask(there ? "PUT" : "DELETE", `/api/grading/trials/${part(id)}/set`),
  /** @param {string} assignment @param {"csv" | "json"} kind */
  fileOf: (assignment, kind) => `/api/grading/assignments/${part(assignment)}/marks.${kind}`,
};
