// Which screen an address means. Pure: the address is an argument.

/**
 * @typedef {{name: "lobby"} | {name: "ticket", ticket: string, watch: string, mark: string} | {name: "watch", id: string} | {name: "mark", id: string} | {name: "case", id: string}
 *   | {name: "boards"} | {name: "board", id: string} | {name: "join"}
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
  if (room === "board" && id) return { name: "board", id };
  if ((room === "boards" || room === "join") && !id) return { name: room };
  if (room !== "encounter" || !id) return { name: "unknown" };
  if (!part) return { name: "encounter", id };
  if (part === "reflection") return { name: "reflection", id };
  if (part === "report") return { name: "report", id, turn: what === "turn" ? (which ?? "") : "" };
  if (part === "again" && what) return { name: "again", id, turn: what };
  return { name: "unknown" };
}

/** A start link, or an invitation to watch or to mark, which names its encounter as well. @param {string} text @returns {Route} */
function ticketOf(text) {
  const given = new Map(text.split("&").map((pair) => /** @type {[string, string]} */ (pair.split("=", 2))));
  return { name: "ticket", ticket: decode(given.get("ticket") ?? ""), watch: decode(given.get("observe") ?? ""), mark: decode(given.get("mark") ?? "") };
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
  case: (/** @type {string} */ id) => address("case", id),
  watch: (/** @type {string} */ id) => address("watch", id),
  mark: (/** @type {string} */ id) => address("mark", id),
  boards: () => address("boards"),
  board: (/** @type {string} */ id) => address("board", id),
  join: () => address("join"),
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
