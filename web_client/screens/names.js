// What everybody is called. An encounter's own names come first: a variant may call people otherwise than the case. Pure.

/** @typedef {import("../types/wire.js").Member} Member */

/**
 * The cast as this encounter calls it.
 * @param {readonly Member[]} cast of the case
 * @param {Record<string, string>} speakers of the encounter
 * @returns {Member[]}
 */
export function membersOf(cast, speakers) {
  return cast.map(({ id, name, role_type, present }) => ({ id, name: speakers[id] ?? name, role_type, present }));
}

/** A learner's role without where they stand: "Student nurse, circulating in theatre four" is a student nurse. @param {string} role */
export function roleName(role) {
  return role.split(/[,;]/)[0]?.trim() || "The learner";
}

/**
 * @param {readonly {id: string, name: string}[]} cast
 * @param {Record<string, string>} speakers
 * @param {string} [learner] how the learner is called
 */
export function namesOf(cast, speakers, learner = "You") {
  return (/** @type {string} */ speaker) =>
    speaker === "learner" ? learner : (speakers[speaker] ?? cast.find((each) => each.id === speaker)?.name ?? cast[0]?.name ?? "");
}
