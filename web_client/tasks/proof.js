// The report on a proof: what does not hold, where it shows and how to mend it; then everything that was tried.

import { pageHead, section, table } from "../app/parts.js";
import { foldable, h, list } from "../app/dom.js";
import { to } from "../app/routes.js";
import { isOpen, tasks } from "./calls.js";
import { taskProgress } from "./progress.js";

/**
 * @typedef {{what: string, wanted: string, found: string, mend: string, where: string[]}} Finding
 * @typedef {{title: string, columns: string[], rows: string[][]}} Part
 * @typedef {{case: string, title: string, version: string, quick: boolean, proved: boolean, findings: Finding[], sections: Part[], caveat: string}} Proof
 */

/** @param {string} id of the task @returns {Promise<import("../app/main.js").Screen>} */
export async function proofPage(id) {
  const task = await tasks.read(id);
  /** @type {Proof | null} */
  const proof = task.result;
  const ofFile = proof !== null && task.about !== proof.case;
  const above = ofFile ? [{ text: "Back to the case's file", href: `#/write/${encodeURIComponent(task.about)}` }] : [{ text: "Proofs", href: to.proofs() }];
  const head = pageHead({ title: proof ? `Proof of ${proof.title}` : task.title, above, state: proof && verdict(proof), lead: proof && leadOf(proof) });
  const again = taskProgress({
    kind: "prove", about: task.about, begin: "Prove it", again: "Prove it again", label: task.title, read: "Read the newest report",
    asked: () => task.asked,
    over: (ended) => ended.page && location.replace(ended.page),
  });
  const content = h("article", { class: "stack-wide" }, head, proof ? found(proof) : null, h("div", { class: "screen-only" }, again), proof ? tried(proof) : null);
  if (!proof && !isOpen(task)) content.append(h("p", { class: "note" }, task.why));
  return { title: proof ? `Proof of ${proof.title}` : task.title, content, wide: true };
}

/** @param {Proof} proof */
function verdict(proof) {
  return h("span", { class: proof.proved ? "tag good" : "tag warm" }, proof.proved ? "Proved" : "Not proved");
}

/** @param {Proof} proof */
function leadOf(proof) {
  const effort = proof.quick ? "the quick proof" : "the full proof";
  const count = proof.findings.length;
  const what = proof.proved ? "everything held." : count === 1 ? "one thing does not hold." : `${count} things do not hold.`;
  return `Version ${proof.version}, ${effort}: ${what}`;
}

/** @param {Proof} proof */
function found(proof) {
  if (proof.proved) return h("p", { class: "note" }, proof.caveat);
  return section("What to mend", ...proof.findings.map(finding), h("p", { class: "soft" }, proof.caveat));
}

/** @param {Finding} each */
function finding({ what, wanted, found: seen, mend, where }) {
  return h(
    "section",
    { class: "card stack-tight" },
    h("h3", null, `${what[0]?.toUpperCase() ?? ""}${what.slice(1)}`),
    h("p", null, `Wanted ${wanted}; found ${seen}.`),
    mend && h("p", null, h("strong", null, "To mend it: "), `${mend}.`),
    where.length > 0 && foldable(where.length === 1 ? "Where" : `Where: ${where.length} finds`, list(where)),
  );
}

/** @param {Proof} proof */
function tried(proof) {
  return section("What was tried", ...proof.sections.map(part));
}

/** @param {Part} each */
function part({ title, columns, rows }) {
  if (!rows.length) return h("p", { class: "soft" }, `${title}: nothing found.`);
  const shown = columns.map((head, at) => ({ head: head || " ", cell: (/** @type {string[]} */ row) => row[at] ?? "", names: at === 0 }));
  return foldable(`${title} (${rows.length})`, table({ caption: title, hideCaption: true, columns: shown, rows }));
}
