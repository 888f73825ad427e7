// Which pages somebody is shown the way to. Pure: who they are is an argument.

import { route } from "./routes.js";

/** @typedef {{id: string, name: string, roles: string[], one_person: boolean, time_percent: number, sign_in: string}} Me as GET /api/me answers */
/** @typedef {{text: string, href: string, names: readonly string[]}} Page `names`: the routes that belong to it */
/** @typedef {{role: string, title: string, pages: readonly Page[]}} Group */

/** @type {readonly Group[]} */
const GROUPS = [
  {
    role: "student",
    title: "Practise",
    pages: [
      { text: "Assignments", href: "#/assignments", names: ["assignments", "assignment"] },
      { text: "Cases", href: "#/cases", names: ["cases", "case", "encounter", "reflection", "report", "again"] },
      { text: "Boards", href: "#/boards", names: ["boards", "board", "join"] },
      { text: "My data", href: "#/my-data", names: ["my-data"] },
    ],
  },
  {
    role: "educator",
    title: "Write and teach",
    pages: [
      { text: "Cases to write", href: "#/write", names: ["write"] },
      { text: "Proofs", href: "#/proofs", names: ["proofs", "proof"] },
      { text: "Running now", href: "#/running", names: ["running", "watch"] },
      { text: "Courses", href: "#/courses", names: ["courses", "course"] },
    ],
  },
  {
    role: "faculty",
    title: "Mark",
    pages: [
      { text: "Grading", href: "#/grading", names: ["grading", "grade", "releasing"] },
      { text: "Running now", href: "#/running", names: ["running", "watch"] },
      { text: "Cohorts", href: "#/cohorts", names: ["cohorts", "cohort"] },
      { text: "Debriefings", href: "#/debriefings", names: ["debriefings", "debriefing"] },
      { text: "Cases in review", href: "#/write", names: ["write"] },
      { text: "Calibration", href: "#/calibration", names: ["calibration", "trial"] },
      { text: "Courses", href: "#/courses", names: ["courses", "course"] },
    ],
  },
  { role: "administrator", title: "Run the house", pages: [{ text: "People", href: "#/people", names: ["people", "roster"] }, { text: "House", href: "#/house", names: ["house"] }, { text: "Calibration", href: "#/calibration", names: ["calibration"] }] },
];

/** Everybody with an account may meet somebody, write on a board, and see what is kept about them. */
const FOR_ALL = ["Cases", "Boards", "My data"];

/**
 * The groups of somebody's roles, each page once; what has no page yet is left out.
 * @param {readonly string[]} roles
 * @returns {Group[]}
 */
export function groupsOf(roles) {
  const somebody = GROUPS.some((group) => roles.includes(group.role));
  const told = new Set();
  const shown = (/** @type {Group} */ { role }, /** @type {Page} */ page) => {
    if (!exists(page) || told.has(page.href) || !(roles.includes(role) || (somebody && FOR_ALL.includes(page.text)))) return false;
    return told.add(page.href);
  };
  return GROUPS.map((group) => ({ ...group, pages: group.pages.filter((page) => shown(group, page)) })).filter((group) => group.pages.length);
}

/** The route whose page somebody is shown first: a student of a course sees what is due. @param {readonly string[]} roles */
export function homeOf(roles) {
  return roles.length === 1 && roles[0] === "student" ? "assignments" : "cases";
}

/** @param {Page} page */
function exists(page) {
  return route(page.href).name !== "unknown";
}
