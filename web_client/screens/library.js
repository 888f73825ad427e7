// The cases in the order in which they are shown, and those of one profession. Pure.

/** @typedef {import("../types/api.js").CaseCard} CaseCard */

/** With more cases than this they can be narrowed down. */
export const MANY = 6;

/**
 * As they come, but the parts of one story together and in order.
 * @param {readonly CaseCard[]} cases
 * @returns {CaseCard[]}
 */
export function inOrder(cases) {
  /** @param {CaseCard} each */
  const story = (each) => each.unfolding?.story ?? "";
  return cases.flatMap((each, at) => {
    if (!story(each)) return [each];
    const parts = cases.filter((other) => story(other) === story(each));
    const first = cases.findIndex((other) => story(other) === story(each)) === at;
    return first ? parts.sort((one, other) => (one.unfolding?.number ?? 0) - (other.unfolding?.number ?? 0)) : [];
  });
}

/** The professions there are, each once; none where there is nothing to choose. @param {readonly CaseCard[]} cases */
export function professions(cases) {
  const found = [...new Set(cases.map((each) => each.profession))].sort();
  return cases.length > MANY && found.length > 1 ? found : [];
}

/** The part that comes after this one, if it is in the library. @param {readonly CaseCard[]} cases @param {CaseCard} act */
export function nextAct(cases, { unfolding: act }) {
  if (!act) return undefined;
  return cases.find(({ unfolding }) => unfolding?.story === act.story && unfolding.number === act.number + 1);
}
