// What the watching page asks of the server beside its line.

import { ask } from "../app/api.js";

/** @typedef {{id: string, kind: "bookmark" | "note" | "flag", turn: string, at_ms: number | null, text: string}} Remark */

const path = (/** @type {string} */ id) => `/api/encounters/${encodeURIComponent(id)}/remarks`;

export const calls = {
  /** One's own. @param {string} id of the encounter @returns {Promise<Remark[]>} */
  remarks: (id) => ask("GET", path(id)),
  /** @param {string} id @param {{kind: "bookmark" | "note", turn: string, at_ms: number, text: string}} remark @returns {Promise<Remark>} */
  remark: (id, remark) => ask("POST", path(id), remark),
  /** @param {string} id @param {string} remark */
  drop: (id, remark) => ask("DELETE", `${path(id)}/${encodeURIComponent(remark)}`),
};
