// Where the boxes of the map stand: columns by how much must come before, no line against the direction of reading.
// Pure.

/** @typedef {import("../types/author.js").MapNode} MapNode */
/** @typedef {import("../types/author.js").MapEdge} MapEdge */
/** @typedef {MapNode & {x: number, y: number}} Box */

export const WIDTH = 210;
export const HEIGHT = 58;
const ACROSS = 70;
const DOWN = 18;

/**
 * @param {readonly MapNode[]} nodes
 * @param {readonly MapEdge[]} edges
 * @returns {{boxes: Box[], width: number, height: number}} every beat, and of the rest what a line leads to or from
 */
export function layout(nodes, edges) {
  const joined = new Set(edges.flatMap(({ start, end }) => [start, end]));
  const shown = nodes.filter(({ id, kind }) => kind === "beat" || (kind !== "mood" && joined.has(id)));
  const depths = depthsOf(shown, edges);
  /** @type {Map<number, MapNode[]>} */
  const columns = new Map();
  for (const node of shown) columns.set(depths.get(node.id) ?? 0, [...(columns.get(depths.get(node.id) ?? 0) ?? []), node]);
  const boxes = [...columns].flatMap(([column, list]) => list.map((node, row) => ({ ...node, x: column * (WIDTH + ACROSS) + 8, y: row * (HEIGHT + DOWN) + 8 })));
  return { boxes, width: extent(boxes.map(({ x }) => x + WIDTH)), height: extent(boxes.map(({ y }) => y + HEIGHT)) };
}

/** @param {readonly number[]} ends */
function extent(ends) {
  return Math.max(WIDTH, ...ends) + 8;
}

/**
 * How many steps lead to each at most; a line that would close a circle does not count.
 * @param {readonly MapNode[]} nodes
 * @param {readonly MapEdge[]} edges
 */
function depthsOf(nodes, edges) {
  /** @type {Map<string, number>} */
  const depths = new Map();
  const known = new Set(nodes.map(({ id }) => id));
  /** @param {string} id @param {Set<string>} above @returns {number} */
  function depth(id, above) {
    const found = depths.get(id);
    if (found !== undefined) return found;
    if (above.has(id)) return -1;
    const within = new Set(above).add(id);
    const before = edges.filter(({ start, end }) => end === id && known.has(start)).map(({ start }) => depth(start, within));
    const made = Math.max(-1, ...before) + 1;
    depths.set(id, made);
    return made;
  }
  for (const { id } of nodes) depth(id, new Set());
  return depths;
}

/**
 * The line between two boxes, from side to side.
 * @param {Box} from
 * @param {Box} to
 */
export function lineOf(from, to) {
  const forward = to.x > from.x;
  const [x1, x2] = forward ? [from.x + WIDTH, to.x] : [from.x, to.x + WIDTH];
  const [y1, y2] = [from.y + HEIGHT / 2, to.y + HEIGHT / 2];
  const bend = forward ? Math.max(24, (x2 - x1) / 2) : -40;
  return `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`;
}
