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

/** @param {{active: boolean, has_password: boolean}} account */
export function stateWords({ active, has_password }) {
  if (!active) return "Closed";
  return has_password ? "" : "Waits for a password";
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
