// Writing for oneself: the last minutes from the other side, questions that follow up, a goal, and a note for the ward.

import { api } from "../app/api.js";
import { h } from "../app/dom.js";
import { keptField } from "./saving.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("../types/debrief.js").Writings} Writings */
/** @typedef {ReturnType<typeof keptField>} Field */

/** @param {About} about */
export function ownPages(about) {
  const { written } = about;
  if (!written) return { content: null, leave: () => {} };
  const text = (/** @type {string} */ kind) => written.writings.find((each) => each.kind === kind)?.text ?? "";
  const asked = followUps(about, written);

  const view = keptField({
    id: "point-of-view",
    label: `The last five minutes as ${written.as_name}`,
    hint: "In the first person. What you saw, what was said to you, what you kept to yourself. A few sentences are enough.",
    text: text("point_of_view"), rows: 6,
    keep: async (words) => asked.update(await api.write(about.id, "point_of_view", words)),
  });
  const goal = keptField({
    id: "goal", label: "One thing I try next time", hint: "You are asked about it before your next encounter.", text: text("goal"), rows: 2,
    keep: (words) => api.write(about.id, "goal", words),
  });
  const note = keptField({
    id: "ward-note", label: "Take it to the ward", hint: "One thing to do with a real person, without their name. You are asked what came of it.", text: text("ward_note"), rows: 2,
    keep: (words) => api.write(about.id, "ward_note", words),
  });
  const fields = [view, goal, note];
  const content = h(
    "section",
    { class: "stack own-pages", "aria-labelledby": "own-pages" },
    h("h2", { id: "own-pages" }, "For yourself"),
    h("p", { class: "soft" }, "Each can be left empty. It keeps itself, nobody else is shown it, and it is erased with this encounter."),
    view.content, asked.content, goal.content, note.content,
  );
  return { content, leave: () => { for (const each of [...fields, ...asked.fields()]) void each.flush(); } };
}

/** Questions stay as they are while somebody is answering them. @param {About} about @param {Writings} written */
function followUps(about, written) {
  /** @type {Map<string, Field>} */
  const fields = new Map();
  const rows = h("div", { class: "stack" });
  const content = h("div", { class: "stack-tight follow-ups" }, h("h3", null, "Questions that follow up"), h("p", { class: "soft" }, "From your own sentences and the themes of the course. There is no right answer, and none is given."), rows);

  /** @param {Writings} now */
  function update(now) {
    if ([...fields.values()].some((each) => each.inUse())) return;
    const wanted = new Set(now.follow_ups.map((each) => each.question));
    for (const [question, field] of fields) if (!wanted.has(question) && !field.value()) fields.delete(question);
    for (const each of now.follow_ups) if (!fields.has(each.question)) fields.set(each.question, answerTo(about, each, fields.size));
    const shown = [...fields.values()].slice(0, 3).map((each) => each.content);
    if (shown.some((each, at) => rows.children[at] !== each) || rows.children.length !== shown.length) rows.replaceChildren(...shown);
    content.hidden = !fields.size;
  }

  update(written);
  return { content, update, fields: () => [...fields.values()] };
}

let made = 0;

/** @param {About} about @param {{question: string, answer: string}} asked @param {number} _at */
function answerTo(about, { question, answer }, _at) {
  made += 1;
  return keptField({ id: `follow-up-${made}`, label: question, text: answer, rows: 3, keep: (words) => api.write(about.id, "answer", words, question) });
}
