// What the pages of accounts ask of the server. Shapes: server/api/people.

import { ask } from "../app/api.js";

/**
 * @typedef {{id: string, name: string, sign_in: string, roles: string[], time_percent: number, active: boolean,
 *   has_password: boolean, link_until: string | null, erased: boolean, edition: number, made_at: string, seen_at: string | null}} Account
 * @typedef {{name: string, sign_in: string, roles: string[], time_percent: number}} AccountForm
 * @typedef {{id: string, name: string, sign_in: string, address: string, until: string}} Link
 * @typedef {{line: number, column: string, message: string}} Fault
 * @typedef {{line: number, name: string, sign_in: string, roles: string[], course: string, time_percent: number, here: boolean}} Row
 * @typedef {{rows: Row[], faults: Fault[], links: Link[], file: string}} Roster
 * @typedef {{links: Link[], file: string, left: number}} Renewed
 * @typedef {{accounts: boolean, me: import("../app/pages.js").Me | null, why: string}} Entrance
 * @typedef {{text?: string, role?: string, state?: string, limit?: number, offset?: number}} Search
 */

const part = encodeURIComponent;

export const people = {
  /** @returns {Promise<Entrance>} */
  entrance: () => ask("GET", "/api/sign-in"),
  /** @param {string} name @param {string} password */
  signIn: (name, password) => ask("POST", "/api/sign-in", { sign_in: name, password }),
  /** @param {string} ticket @returns {Promise<{name: string, sign_in: string}>} */
  invitation: (ticket) => ask("POST", "/api/invitations/read", { ticket }),
  /** @param {string} ticket @param {string} password */
  choose: (ticket, password) => ask("POST", "/api/invitations", { ticket, password }),
  /** @param {string} current @param {string} password */
  changePassword: (current, password) => ask("PUT", "/api/me/password", { current, password }),
  /** @param {boolean} keepThis */
  signOutEverywhere: (keepThis) => ask("POST", "/api/me/sign-out", { keep_this: keepThis }),
  /** @param {Search} search @returns {Promise<{accounts: Account[], total: number}>} */
  accounts: (search) => ask("GET", `/api/accounts?${queryOf(search)}`),
  /** @param {string} id @returns {Promise<Account>} */
  account: (id) => ask("GET", `/api/accounts/${part(id)}`),
  /** @param {AccountForm} form @returns {Promise<Link>} */
  make: (form) => ask("POST", "/api/accounts", form),
  /** @param {string} id @param {Partial<AccountForm> & {edition: number, active?: boolean}} changes @returns {Promise<Account>} */
  change: (id, changes) => ask("PUT", `/api/accounts/${part(id)}`, changes),
  /** @param {string} id @returns {Promise<Link>} */
  link: (id) => ask("POST", `/api/accounts/${part(id)}/link`),
  /** @param {string[]} accounts ids @returns {Promise<Renewed>} */
  renewLinks: (accounts) => ask("POST", "/api/accounts/links", { accounts }),
  /** @param {string} text @param {boolean} make @returns {Promise<Roster>} */
  roster: (text, make) => ask("POST", "/api/accounts/roster", { text, make }),
};

/** Without what is empty. @param {Search} search */
export function queryOf(search) {
  const given = Object.entries(search).filter(([, value]) => value !== "" && value !== undefined);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}
