// Choose a case and prove it; and every long task of one's own, newest first.

import { emptyState, field, pageHead, section, table } from "../app/parts.js";
import { h } from "../app/dom.js";
import { api } from "../app/api.js";
import { inWords, tasks } from "./calls.js";
import { taskProgress } from "./progress.js";

/** @returns {Promise<import("../app/main.js").Screen>} */
export async function proofsPage() {
  const [cases, mine] = await Promise.all([api.cases(), tasks.mine()]);
  const title = "Prove a case";
  const lead = "A proof attacks the case, asks it what it must not tell, and plays it with a skilled, an average and a poor learner. It says what leaks, what nobody can reach, and how to mend it.";
  const content = h("article", { class: "stack-wide" }, pageHead({ title, lead }), choice(cases), section("Your tasks", listed(mine)));
  return { title, content, wide: true };
}

/** @param {readonly {case_id: string, title: string}[]} cases */
function choice(cases) {
  const select = h("select", { name: "case" }, ...cases.map((each) => h("option", { value: each.case_id }, each.title)));
  const quick = h("input", { type: "checkbox", name: "quick" });
  const place = h("div");
  const show = () => place.replaceChildren(select.value ? progressOf(select.value, () => quick.checked) : "");
  select.addEventListener("change", show);
  show();
  const chosen = field({ label: "Case", control: select }).element;
  const short = h("label", { class: "row" }, quick, "The quick proof: every kind of attack once, no variants");
  return h("div", { class: "stack" }, chosen, short, place);
}

/** @param {string} id of the case @param {() => boolean} quick */
function progressOf(id, quick) {
  return taskProgress({
    kind: "prove", about: id, begin: "Prove this case", again: "Prove it again", label: "Proving this case", read: "Read the report",
    asked: () => ({ quick: quick() }),
  });
}

/** @param {readonly import("./calls.js").Task[]} mine */
function listed(mine) {
  if (!mine.length) return emptyState({ text: "Proofs, backups and other long tasks of yours are listed here, with what came of them." });
  /** @typedef {import("./calls.js").Task} Task */
  return table({
    caption: "Your long tasks, newest first",
    columns: [
      { head: "Task", names: true, cell: (/** @type {Task} */ task) => (task.page ? h("a", { href: task.page }, task.title) : task.title) },
      { head: "State", cell: (/** @type {Task} */ task) => inWords(task) },
      { head: "Begun", cell: (/** @type {Task} */ task) => new Date(task.made_at).toLocaleString(), by: (/** @type {Task} */ task) => task.made_at },
    ],
    rows: mine,
  });
}
