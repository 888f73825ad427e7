// What is said of people, in words. Pure.

export const ROLES = /** @type {const} */ (["student", "educator", "faculty", "administrator"]);

/** @type {Record<string, string>} */
const DOES = {
  student: "meets simulated patients and is marked",
  educator: "writes cases and runs courses",
  faculty: "marks, in the courses they are on the staff of",
  administrator: "looks after people and the house",
};

/** @param {string} role */
export function doesWords(role) {
  return DOES[role] ?? "";
}

/** Time accommodations that are usual. */
export const TIMES = /** @type {const} */ ([100, 125, 150, 200, 0]);

/** @param {number} percent */
export function timeWords(percent) {
  if (percent === 100) return "As everybody";
  return percent === 0 ? "Untimed" : `${percent} %`;
}

/** @param {{active: boolean, has_password: boolean, erased: boolean}} account */
export function stateWords({ active, has_password, erased }) {
  if (erased) return "Erased";
  if (!active) return "Closed";
  return has_password ? "" : "Waits for a password";
}

/** Of somebody who waits for a password. @param {{active: boolean, has_password: boolean, link_until: string | null}} account */
export function linkWords({ active, has_password, link_until }) {
  if (!active || has_password) return "";
  return link_until ? `Link until ${dayWords(link_until)}.` : "Link has run out.";
}

/** All that can be changed of an account. @param {import("./calls.js").Account} account */
export function accountWords({ name, sign_in, roles, time_percent, active }) {
  return `${name}, who signs in as ${sign_in}; ${roles.join(", ")}; time: ${timeWords(time_percent).toLowerCase()}; ${active ? "open" : "closed"}`;
}

/**
 * What somebody changed of an account since they saw it.
 * @template {Record<string, unknown>} F
 * @param {import("./calls.js").Account} account as it was seen
 * @param {F} form
 * @returns {Partial<F>}
 */
export function changesOf(account, form) {
  const seen = /** @type {Record<string, unknown>} */ (account);
  return /** @type {Partial<F>} */ (Object.fromEntries(Object.entries(form).filter(([name, value]) => String(value) !== String(seen[name]))));
}

/** @param {string | null} moment */
export function dayWords(moment) {
  return moment ? new Date(moment).toLocaleDateString(undefined, { dateStyle: "medium" }) : "Never";
}

/**
 * A file as a spreadsheet program saves it, as text: UTF-8, UTF-16 with its mark, or what Windows calls ANSI.
 * @param {Uint8Array} bytes
 */
export function textOf(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
