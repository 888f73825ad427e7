// Who is in the room, what they are called, and which mark is whose. Things that speak are no people. Pure.

/** @typedef {import("../types/wire.js").Member} Member */
/** @typedef {import("../types/wire.js").View} View */
/** @typedef {"disc" | "ring" | "square" | "diamond" | "triangle" | "cross" | "thing"} Mark */

/** In the order of the cast; told apart by shape, so that no colour is needed. @type {readonly Mark[]} */
const MARKS = ["disc", "ring", "square", "diamond", "triangle", "cross"];

/** @template {{role_type?: string}} P @param {readonly P[]} cast */
export function people(cast) {
  return cast.filter((each) => each.role_type !== "system");
}

/** Whether names and marks are needed to tell who speaks. @param {readonly {role_type?: string}[]} cast */
export function several(cast) {
  return cast.length > 1;
}

/**
 * @param {readonly {id: string, role_type?: string}[]} cast
 * @param {string} id
 * @returns {Mark}
 */
export function markOf(cast, id) {
  const found = cast.find((each) => each.id === id);
  if (found?.role_type === "system") return "thing";
  return MARKS[Math.max(0, people(cast).findIndex((each) => each.id === id)) % MARKS.length] ?? "disc";
}

/** "A", "A and B", "A, B and C". @param {readonly string[]} names */
export function listed(names) {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/**
 * Who has come in or gone between two lists; empty for nobody, and for a first list.
 * @param {readonly Member[]} before
 * @param {readonly Member[]} now
 */
export function comings(before, now) {
  if (!before.length) return "";
  const was = (/** @type {string} */ id) => Boolean(before.find((each) => each.id === id)?.present);
  const came = people(now).filter((each) => each.present && !was(each.id)).map((each) => each.name);
  const gone = people(now).filter((each) => !each.present && was(each.id)).map((each) => each.name);
  const told = [came.length && `${listed(came)} ${came.length > 1 ? "come" : "comes"} in.`, gone.length && `${listed(gone)} ${gone.length > 1 ? "leave" : "leaves"} the room.`];
  return told.filter(Boolean).join(" ");
}

/**
 * Whom the state line names: the only person there is, or who answers now.
 * @param {readonly {id: string, name: string, role_type?: string}[]} cast
 * @param {string} speaker cast id; empty for nobody yet
 */
export function named(cast, speaker) {
  const alone = !several(cast) && cast.length === 1;
  const found = alone ? cast[0] : cast.find((each) => each.id === speaker);
  return { alone, name: found?.name ?? "", thing: found?.role_type === "system" };
}

/**
 * Who sent the learner away: whoever was the last to speak. Empty where nobody did.
 * @param {readonly {speaker: string}[]} turns
 * @param {(speaker: string) => string} nameOf
 */
export function sentBy(turns, nameOf) {
  const last = turns.findLast((each) => each.speaker !== "learner");
  return last ? nameOf(last.speaker) : "";
}

/** @param {number} count */
export function watchingWords(count) {
  return count === 1 ? "1 person is watching" : `${count} people are watching`;
}
