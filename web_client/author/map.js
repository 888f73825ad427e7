// What leads to what: beats, facts and actions as a drawing, and all of it in words below.

import { emptyState, section } from "../app/parts.js";
import { h, svg } from "../app/dom.js";
import { HEIGHT, layout, lineOf, WIDTH } from "./map_layout.js";

/** @typedef {import("../types/author.js").Checked} Checked */
/** @typedef {import("../types/author.js").MapNode} MapNode */
/** @typedef {import("../types/author.js").MapEdge} MapEdge */

const HOW = { reveals: "opens", reveals_if_missed: "opens, if it was missed,", comes_after: "must come before" };
const GROUPS = /** @type {const} */ ([
  ["beat", "Beats"],
  ["mood", "Moods"],
  ["fact", "Facts"],
  ["action", "What a learner can do"],
]);

/** @param {Checked} checked @param {(line: number) => void} go @returns {HTMLElement} */
export function mapOf({ nodes, edges }, go) {
  if (!nodes.length) return emptyState({ text: "There is nothing to draw yet.", hint: "Beats and facts stand here once the text can be read." });
  const lists = GROUPS.map(([kind, title]) => [title, nodes.filter((node) => node.kind === kind)]);
  return h(
    "div",
    { class: "stack" },
    drawing(nodes, edges),
    h("p", { class: "soft" }, "A bold frame: a core beat, which reaches everybody. A round frame: a fact. A broken line: opened by missing it. Everything is told in words below."),
    ...lists.map(([title, list]) => /** @type {MapNode[]} */ (list).length > 0 && section(/** @type {string} */ (title), words(/** @type {MapNode[]} */ (list), edges, go))).filter((each) => each !== false),
  );
}

/** @param {MapNode[]} nodes @param {MapEdge[]} edges */
function drawing(nodes, edges) {
  const { boxes, width, height } = layout(nodes, edges);
  const at = new Map(boxes.map((box) => [box.id, box]));
  const lines = edges.map(({ start, end, how }) => {
    const [from, to] = [at.get(start), at.get(end)];
    return from && to ? svg("path", { class: `map-line map-${how}`, d: lineOf(from, to), "marker-end": "url(#map-arrow)" }) : null;
  });
  const arrow = svg("marker", { id: "map-arrow", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: "auto" }, svg("path", { class: "map-head", d: "M 0 0 L 10 5 L 0 10 z" }));
  const label = `Map of ${boxes.length} parts and ${edges.length} lines between them; it is told in words below.`;
  const picture = svg("svg", { class: "map", role: "img", "aria-label": label, viewBox: `0 0 ${width} ${height}`, width: `${width / 16}rem`, height: `${height / 16}rem` }, svg("defs", null, arrow), ...lines, ...boxes.map(box));
  return h("div", { class: "map-frame", role: "region", "aria-label": "Map", tabindex: 0 }, picture);
}

/** @param {import("./map_layout.js").Box} node */
function box({ id, kind, title, core, x, y }) {
  return svg(
    "g",
    { class: `map-box map-${kind}${core ? " map-core" : ""}`, transform: `translate(${x} ${y})` },
    svg("rect", { width: WIDTH, height: HEIGHT, rx: kind === "fact" ? HEIGHT / 2 : 8 }),
    svg("text", { class: "map-id", x: WIDTH / 2, y: 24 }, cut(id, 24)),
    svg("text", { class: "map-title", x: WIDTH / 2, y: 42 }, cut(title, 26)),
  );
}

/** @param {string} text @param {number} most */
function cut(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** @param {MapNode[]} list @param {MapEdge[]} edges @param {(line: number) => void} go */
function words(list, edges, go) {
  const rows = list.map(({ id, title, when, core, line }) => {
    const leads = edges.filter((edge) => edge.start === id).map(({ end, how }) => `${HOW[how]} ${end}`);
    return h(
      "li",
      null,
      h("strong", null, id),
      core && h("span", { class: "tag" }, "core"),
      h("p", null, title),
      when && h("p", { class: "soft" }, `Waits for: ${when}`),
      leads.length > 0 && h("p", { class: "soft" }, `It ${leads.join(", it ")}.`),
      line > 0 && h("button", { class: "button small quiet", type: "button", onclick: () => go(line) }, `Line ${line}`, h("span", { class: "unseen" }, ` of ${id}, in the text`)),
    );
  });
  return h("ul", { class: "author-list" }, ...rows);
}
