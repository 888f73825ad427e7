// What the server is asked about cases that are being written.

import { ask } from "../app/api.js";

/** @typedef {import("../types/author.js").FileCard} FileCard */
/** @typedef {import("../types/author.js").CaseFile} CaseFile */
/** @typedef {import("../types/author.js").CaseRemark} CaseRemark */
/** @typedef {import("../types/author.js").Checked} Checked */
/** @typedef {import("../types/author.js").Change} Change */
/** @typedef {import("../types/author.js").DiffLine} DiffLine */

const part = encodeURIComponent;
const at = (/** @type {string} */ id, /** @type {string} */ rest = "") => `/api/case-files/${part(id)}${rest}`;

export const calls = {
  /** @returns {Promise<FileCard[]>} */
  files: () => ask("GET", "/api/case-files"),
  /** @returns {Promise<{id: string, title: string, summary: string}[]>} */
  beginnings: () => ask("GET", "/api/case-files/beginnings"),
  /** @param {{copy_of?: string, copy_of_file?: string, family?: string, text?: string}} from @returns {Promise<CaseFile>} */
  begin: (from) => ask("POST", "/api/case-files", from),
  /** @param {string} id @returns {Promise<CaseFile>} */
  file: (id) => ask("GET", at(id)),
  /** @param {string} id @param {number} edition @param {string} text @returns {Promise<FileCard>} */
  save: (id, edition, text) => ask("PUT", at(id), { edition, text }),
  /** @param {string} id */
  remove: (id) => ask("DELETE", at(id)),
  /** @param {string} id @param {string[]} people sign-in names @returns {Promise<CaseFile>} */
  share: (id, people) => ask("PUT", at(id, "/people"), { people }),
  /** @param {string} id @param {string} step @param {number} edition @param {string} words @returns {Promise<CaseFile>} */
  step: (id, step, edition, words) => ask("POST", at(id, "/steps"), { step, edition, words }),
  /** @param {string} id @param {{words: string, edition: number, line: number, key: string}} remark @returns {Promise<CaseRemark[]>} */
  remark: (id, remark) => ask("POST", at(id, "/remarks"), remark),
  /** @param {string} id @param {string} remark @param {boolean} settled @returns {Promise<CaseRemark[]>} */
  settle: (id, remark, settled) => ask("PUT", at(id, `/remarks/${part(remark)}`), { settled }),
  /** @param {string} id @param {number} edition @returns {Promise<{text: string, edition: number, author: string}>} */
  edition: (id, edition) => ask("GET", at(id, `/editions/${edition}`)),
  /** @param {string} id @param {number} old @param {number} now @returns {Promise<{places: DiffLine[][]}>} */
  diff: (id, old, now) => ask("GET", at(id, `/diff?old=${old}&new=${now}`)),
  /** @param {string} id @param {number} edition @param {string} text @returns {Promise<{places: DiffLine[][]}>} */
  compare: (id, edition, text) => ask("POST", at(id, "/compare"), { edition, text }),
  /** @param {string} text @returns {Promise<Checked>} */
  check: (text) => ask("POST", "/api/case-files/check", { text }),
  /** @param {string} text @param {Change[]} changes @returns {Promise<{text: string}>} */
  edit: (text, changes) => ask("POST", "/api/case-files/edit", { text, changes }),
  /** @returns {Promise<any>} */
  schema: () => ask("GET", "/api/schema/case"),
};
