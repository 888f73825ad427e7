// What the server is asked about the house, and the words for figures. The words are pure.

import { ask } from "../app/api.js";

/**
 * @typedef {{what: string, state: "ok" | "doubt" | "fault", says: string}} Finding
 * @typedef {{part: string, name: string, kind: string, version: string, licence: string, ready: boolean, notice: string, host: string}} Engine
 * @typedef {{kind: "sqlite" | "postgresql", folder: string, database_bytes: number | null, free_bytes: number | null, backups: number, newest_backup: string | null}} Storage
 * @typedef {{version: string, server_time: string, engines: Engine[], findings: Finding[], running: number, capacity: number, load: Record<string, number>, storage: Storage}} Health
 * @typedef {{name: string, size: number, made_at: string, expires_at: string | null}} Backup
 * @typedef {{files: Backup[], folder: string, possible: boolean, why_not: string, restore: string}} Backups
 * @typedef {{retention: boolean, backup: boolean, hour: number, keep_backups_days: number}} UpkeepRules
 * @typedef {UpkeepRules & {last_at: string | null, server_time: string}} Upkeep
 * @typedef {{encounter_id: string, assignment: string, why: string, since: string}} Due
 * @typedef {{due: number, shown: Due[], attempts: number, held: number, server_time: string}} Retention
 * @typedef {{id: string, name: string, asked_at: string}} Asked
 * @typedef {{id: string, name: string, practice: number, attempts: number, posts: number, marked: number, only_staff_of: number, backups: string, asked_at: string}} Leaving
 * @typedef {"engines" | "cases" | "rubrics"} Frozen
 * @typedef {{begins: string, until: string, what: Frozen[], why: string, by: string, in_force: boolean, differs: string[], server_time: string}} Freeze
 * @typedef {{seq: number, at: string, says: string, actor: string, name: string, action: string, subject: string, subject_name: string, details: Record<string, unknown>, hash: string}} AuditEntry
 * @typedef {{rows: AuditEntry[], next: number | null, kinds: {action: string, words: string}[], actors: {id: string, name: string}[]}} AuditPage
 * @typedef {{case_id: string, month: string, encounters: number, ended: number, minutes: number, replies_failed: number, replies_refused: number, hearing_failed: number, tokens_in: number, tokens_out: number, cost: number | null}} Used
 * @typedef {{case_id: string, version: string, digest: string, encounters: number, running: number, first_at: string, last_at: string, on_shelf: boolean}} InUse
 * @typedef {{id: string, portrayal: string, created_at: string, ended: string}} HeldWith
 * @typedef {{rubric: string, rubric_version: string, rater: string, hearing: string, encounters: number}} RatedWith
 * @typedef {{months: Used[], cases: InUse[], drafts: RatedWith[], engines: Record<string, string>}} Usage
 */

const part = encodeURIComponent;

export const house = {
  /** @returns {Promise<Health>} */
  health: () => ask("GET", "/api/house/health"),
  /** @returns {Promise<Backups>} */
  backups: () => ask("GET", "/api/house/backups"),
  /** @param {string} name */
  dropBackup: (name) => ask("DELETE", `/api/house/backups/${part(name)}`),
  /** @returns {Promise<Upkeep>} */
  upkeep: () => ask("GET", "/api/house/upkeep"),
  /** @param {UpkeepRules} rules @returns {Promise<Upkeep>} */
  setUpkeep: (rules) => ask("PUT", "/api/house/upkeep", rules),
  /** @returns {Promise<Retention>} */
  retention: () => ask("GET", "/api/house/retention"),
  /** @returns {Promise<Asked[]>} */
  asked: () => ask("GET", "/api/house/erasures"),
  /** @param {string} who an account's id, or the name they sign in with @returns {Promise<Leaving>} */
  leaving: (who) => ask("GET", `/api/house/erasures/${part(who)}`),
  /** @returns {Promise<{freeze: Freeze | null}>} */
  freeze: () => ask("GET", "/api/house/freeze"),
  /** @param {{begins: string | null, until: string, what: Frozen[], why: string}} wanted @returns {Promise<Freeze>} */
  setFreeze: (wanted) => ask("PUT", "/api/house/freeze", wanted),
  liftFreeze: () => ask("DELETE", "/api/house/freeze"),
  /** @param {Record<string, string>} filter @returns {Promise<AuditPage>} */
  audit: (filter) => ask("GET", `/api/house/audit?${new URLSearchParams(filter)}`),
  /** @returns {Promise<{rows: number, broken_at: number | null, newest: string}>} */
  verify: () => ask("POST", "/api/house/audit/verify"),
  /** @param {string} digest of a version of a case @returns {Promise<HeldWith[]>} */
  version: (digest) => ask("GET", `/api/house/usage/versions/${part(digest)}`),
  /** @returns {Promise<Usage>} */
  usage: () => ask("GET", "/api/house/usage"),
};

/** Bytes, for people: `1.4 MB`. @param {number} bytes */
export function size(bytes) {
  const steps = ["bytes", "kB", "MB", "GB", "TB"];
  const step = Math.min(steps.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** step;
  return `${step && amount < 100 ? amount.toFixed(1) : Math.round(amount).toLocaleString()} ${steps[step]}`;
}

/** A moment in the reader's own time. @param {string | null} moment @param {string} [none] what stands for null */
export function when(moment, none = "never") {
  return moment ? new Date(moment).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }) : none;
}

/** `1 encounter`, `2 encounters`. @param {number} count @param {string} one @param {string} [many] */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

/**
 * Rows that follow each other and say the same, as one.
 * @template {{says: string}} T
 * @param {readonly T[]} rows
 * @returns {T[][]}
 */
export function folded(rows) {
  /** @type {T[][]} */
  const found = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last?.[0]?.says === row.says) last.push(row);
    else found.push([row]);
  }
  return found;
}

/** The beginning of a day in the reader's own time, as the server takes it; empty for none. @param {string} day `2026-11-22` @param {number} [later] days */
export function midnight(day, later = 0) {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return day ? new Date(year, month - 1, date + later).toISOString() : "";
}

/** A moment as a field for a local time holds it. @param {Date} moment */
export function asLocal(moment) {
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Tomorrow at six in the evening: when a day of examinations that is frozen today is over. @param {Date} now */
export function tomorrowEvening(now) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 18);
}

/** What a field for a local time holds, as the server takes it; null for an empty one. @param {string} local */
export function asMoment(local) {
  return local ? new Date(local).toISOString() : null;
}
