// Which screen an address means. Pure: the address is an argument.

/**
 * @typedef {{name: "courses"} | {name: "course", id: string, part: string, which: string} | {name: "lobby"} | {name: "ticket", ticket: string, watch: string, mark: string} | {name: "watch", id: string} | {name: "running"} | {name: "mark", id: string} | {name: "case", id: string}
 *   | {name: "grading", assignment: string} | {name: "grade", id: string} | {name: "releasing", id: string} | {name: "calibration"} | {name: "trial", id: string}
 *   | {name: "write", id: string, part: string}
 *   | {name: "boards"} | {name: "board", id: string} | {name: "join"}
 *   | {name: "assignments"} | {name: "assignment", id: string, instead: boolean} | {name: "my-data"} | {name: "cases"}
 *   | {name: "proofs"} | {name: "proof", id: string} | {name: "cohorts"} | {name: "cohort", id: string}
 *   | {name: "debriefings"} | {name: "debriefing", id: string}
 *   | {name: "house", part: string}
 *   | {name: "people"} | {name: "roster"} | {name: "account"} | {name: "sign-in"} | {name: "invitation", ticket: string}
 *   | {name: "try", what: {case_id: string} | {file_id: string}}
 *   | {name: "encounter", id: string} | {name: "reflection", id: string}
 *   | {name: "report", id: string, turn: string} | {name: "again", id: string, turn: string} | {name: "unknown"}} Route
 */

/**
 * @param {string} hash as in `location.hash`
 * @returns {Route}
 */
export function route(hash) {
  const text = hash.replace(/^#/, "");
  if (text.startsWith("ticket=")) return ticketOf(text);
  const [room, id, part, what, which] = text.split("/").slice(1).map(decode);
  if (!room) return { name: "lobby" };
  if (room === "case" && id) return { name: "case", id };
  if (room === "watch" && id) return { name: "watch", id };
  if (room === "mark" && id) return { name: "mark", id };
  if (room === "grading") return { name: "grading", assignment: id ?? "" };
  if ((room === "grade" || room === "releasing" || room === "trial") && id) return { name: room, id };
  if (room === "calibration" && !id) return { name: room };
  if (room === "write") return { name: "write", id: id ?? "", part: part ?? "" };
  if (room === "board" && id) return { name: "board", id };
  if ((room === "boards" || room === "join") && !id) return { name: room };
  if (room === "courses" && !id) return { name: "courses" };
  if (room === "course" && id) return { name: "course", id, part: part ?? "", which: what ?? "" };
  if ((room === "assignments" || room === "my-data" || room === "cases") && !id) return { name: room };
  if (room === "assignment" && id && (!part || part === "instead")) return { name: "assignment", id, instead: Boolean(part) };
  if ((room === "proofs" || room === "cohorts" || room === "debriefings" || room === "running") && !id) return { name: room };
  if ((room === "proof" || room === "cohort" || room === "debriefing") && id) return { name: room, id };
  if (room === "house" && !part) return { name: "house", part: id ?? "" };
  if (room === "people" && id === "roster" && !part) return { name: "roster" };
  if ((room === "people" || room === "account" || room === "sign-in") && !id) return { name: room };
  if (room === "try" && id === "file" && part) return { name: "try", what: { file_id: part } };
  if (room === "try" && id && !part) return { name: "try", what: { case_id: id } };
  if (room !== "encounter" || !id) return { name: "unknown" };
  if (!part) return { name: "encounter", id };
  if (part === "reflection") return { name: "reflection", id };
  if (part === "report") return { name: "report", id, turn: what === "turn" ? (which ?? "") : "" };
  if (part === "again" && what) return { name: "again", id, turn: what };
  return { name: "unknown" };
}

/** A start link, an invitation to an account, or one to watch or to mark, which names its encounter as well. @param {string} text @returns {Route} */
function ticketOf(text) {
  const given = new Map(text.split("&").map((pair) => /** @type {[string, string]} */ (pair.split("=", 2))));
  const ticket = decode(given.get("ticket") ?? "");
  if (given.get("invite")) return { name: "invitation", ticket };
  return { name: "ticket", ticket, watch: decode(given.get("observe") ?? ""), mark: decode(given.get("mark") ?? "") };
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {...string} parts */
function address(...parts) {
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

export const to = {
  lobby: () => "#/",
  courses: () => address("courses"),
  course: (/** @type {string} */ id, /** @type {string} */ part = "") => (part ? address("course", id, part) : address("course", id)),
  assigning: (/** @type {string} */ course, /** @type {string} */ which) => address("course", course, "assignment", which),
  standing: (/** @type {string} */ course, /** @type {string} */ assignment) => address("course", course, "status", assignment),
  case: (/** @type {string} */ id) => address("case", id),
  running: () => address("running"),
  watch: (/** @type {string} */ id) => address("watch", id),
  mark: (/** @type {string} */ id) => address("mark", id),
  grading: (/** @type {string} */ assignment = "") => (assignment ? address("grading", assignment) : address("grading")),
  grade: (/** @type {string} */ id) => address("grade", id),
  releasing: (/** @type {string} */ assignment) => address("releasing", assignment),
  calibration: () => address("calibration"),
  trial: (/** @type {string} */ id) => address("trial", id),
  try: (/** @type {string} */ id) => address("try", id),
  tryFile: (/** @type {string} */ id) => address("try", "file", id),
  write: (/** @type {string} */ id = "", /** @type {string} */ part = "") => address("write", ...(id ? [id] : []), ...(id && part && part !== "text" ? [part] : [])),
  boards: () => address("boards"),
  board: (/** @type {string} */ id) => address("board", id),
  join: () => address("join"),
  assignments: () => address("assignments"),
  assignment: (/** @type {string} */ id) => address("assignment", id),
  instead: (/** @type {string} */ id) => address("assignment", id, "instead"),
  myData: () => address("my-data"),
  cases: () => address("cases"),
  proofs: () => address("proofs"),
  proof: (/** @type {string} */ id) => address("proof", id),
  cohorts: () => address("cohorts"),
  cohort: (/** @type {string} */ id) => address("cohort", id),
  debriefings: () => address("debriefings"),
  debriefing: (/** @type {string} */ id) => address("debriefing", id),
  house: (/** @type {string} */ part = "") => (part ? address("house", part) : address("house")),
  encounter: (/** @type {string} */ id) => address("encounter", id),
  reflection: (/** @type {string} */ id) => address("encounter", id, "reflection"),
  report: (/** @type {string} */ id) => address("encounter", id, "report"),
  again: (/** @type {string} */ id, /** @type {string} */ turn) => address("encounter", id, "again", turn),
  turn: (/** @type {string} */ id, /** @type {string} */ turn) => address("encounter", id, "report", "turn", turn),
};

/**
 * Where an encounter in this phase goes on.
 * @param {string} id
 * @param {string} phase
 */
export function placeOf(id, phase) {
  if (phase === "reflection") return to.reflection(id);
  return phase === "done" ? to.report(id) : to.encounter(id);
}
