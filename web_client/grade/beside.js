// Beside the line in hand: comments to use again, and what only this grader sees.

import { h, redraw, say } from "../app/dom.js";
import { statusLine } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { minutes } from "../live/clock.js";
import { grading } from "./calls.js";

/** @typedef {import("./calls.js").Comment} Comment */
/** @typedef {import("./calls.js").Remark} Remark */

/**
 * Comments to use again, one's own and the course's.
 * @param {string} course empty: there is none
 * @param {{box: () => HTMLTextAreaElement | HTMLInputElement | null, dimension: () => string}} host `box`: where a comment goes
 */
export function commentBank(course, host) {
  /** @type {Comment[]} */
  let all = [];
  const list = h("ul", { class: "plain bank" });
  const status = statusLine();
  const content = h(
    "details",
    { class: "grade-beside", ontoggle: () => { if (content.open) void load(); } },
    h("summary", null, "Comments to use again"),
    list,
    h("p", { class: "row" }, h("button", { class: "button quiet small", type: "button", onclick: () => void keep("") }, "Keep this line's comment for me"), course && h("button", { class: "button quiet small", type: "button", onclick: () => void keep(course) }, "… for the course")),
    status.element,
  );

  async function load() {
    try {
      all = await grading.comments(course);
      show();
    } catch (failure) {
      status.fail(messageOf(failure));
    }
  }

  function show() {
    const here = all.filter((each) => !each.dimension || each.dimension === host.dimension());
    redraw(list, here, () => (here.length ? here.map(row) : h("li", { class: "soft" }, "None for this line yet. Write a comment, then keep it here.")));
  }

  /** @param {Comment} comment */
  function row(comment) {
    return h(
      "li",
      { class: "row" },
      h("button", { class: "bank-use", type: "button", onclick: () => use(comment.text) }, comment.text, comment.course && h("span", { class: "soft" }, " (the course's)")),
      h("button", { class: "link-button", type: "button", "aria-label": `Delete the kept comment: ${comment.text}`, onclick: () => void drop(comment) }, "delete"),
    );
  }

  /** Behind what is there already. @param {string} text */
  function use(text) {
    const box = host.box();
    if (!box) return;
    box.value = [box.value.trim(), text].filter(Boolean).join(" ");
    box.dispatchEvent(new Event("input"));
    box.focus();
  }

  /** @param {string} whose */
  async function keep(whose) {
    const text = host.box()?.value.trim() ?? "";
    if (!text) return status.fail("There is no comment on this line yet. Write one, then keep it.");
    try {
      await grading.keepComment(text, host.dimension(), whose);
      status.say("Kept.");
      await load();
    } catch (failure) {
      status.fail(messageOf(failure));
    }
  }

  /** @param {Comment} comment */
  async function drop(comment) {
    try {
      await grading.dropComment(comment);
      await load();
      content.querySelector("summary")?.focus();
    } catch (failure) {
      status.fail(messageOf(failure));
    }
  }

  return {
    content,
    show,
    open() {
      content.open = true;
      content.querySelector("summary")?.focus();
    },
  };
}

/**
 * Bookmarks and notes that nobody else sees.
 * @param {string} id of the encounter
 * @param {{turn: () => string, dimension: () => string, number: (turn: string) => number, show: (turn: string) => void, unsent: {note: string}}} host
 *   `unsent.note` keeps what is typed
 */
export function ownRemarks(id, host) {
  /** @type {Remark[]} */
  let all = [];
  const title = h("summary", null, "For yourself");
  const list = h("ul", { class: "plain" });
  const status = statusLine();
  const { unsent } = host;
  const box = h("textarea", { id: "own-note", rows: 2, maxlength: 2000, oninput: () => { unsent.note = box.value; } });
  box.value = unsent.note;
  const keep = h("button", { class: "button quiet small", type: "submit" }, "Keep the note");
  const content = h(
    "details",
    { class: "grade-beside", open: unsent.note !== "" },
    title,
    h("p", { class: "soft" }, "Bookmarks and notes that only you see. Bookmarks can be played in a group debrief."),
    list,
    h("form", { class: "stack-tight", onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); void note(); } }, h("p", { class: "field" }, h("label", { for: box.id }, "A note on the turn in hand"), box), h("p", { class: "row" }, keep, h("button", { class: "button quiet small", type: "button", onclick: () => void bookmark() }, "Bookmark the turn"))),
    status.element,
  );

  function show() {
    say(title, all.length ? `For yourself (${all.length})` : "For yourself");
    redraw(list, inOrder(all), (now) => now.map(row));
  }

  /** As the talk went: what was kept while watching stands at its moment. @param {readonly Remark[]} remarks */
  function inOrder(remarks) {
    const place = (/** @type {Remark} */ each) => (each.turn ? host.number(each.turn) : 0);
    return [...remarks].sort((a, b) => place(a) - place(b) || (a.at_ms ?? 0) - (b.at_ms ?? 0));
  }

  /** @param {Remark} remark */
  function row(remark) {
    const where = remark.turn ? h("button", { class: "link-button", type: "button", onclick: () => host.show(remark.turn) }, `turn ${host.number(remark.turn)}`) : remark.at_ms === null ? "the whole" : null;
    const when = remark.at_ms === null ? null : h("span", { class: "soft" }, ` ${minutes(remark.at_ms)}`);
    return h("li", { class: "row" }, h("span", null, h("strong", null, remark.kind), " ", where, when, remark.text && ` ${remark.text}`), h("button", { class: "link-button", type: "button", "aria-label": `Delete the ${remark.kind}`, onclick: () => void drop(remark) }, "delete"));
  }

  /** @param {Partial<Remark>} remark @param {string} done */
  async function add(remark, done) {
    try {
      all = [...all, await grading.remark(id, remark)];
      show();
      status.say(done);
      return true;
    } catch (failure) {
      content.open = true;
      status.fail(messageOf(failure));
      return false;
    }
  }

  /** Once for each press; what was typed on meanwhile stays. */
  async function note() {
    const text = box.value;
    keep.disabled = true;
    const kept = await add({ kind: "note", turn: host.turn(), dimension: host.dimension(), text }, "Kept.");
    keep.disabled = false;
    if (kept && box.value === text) [box.value, unsent.note] = ["", ""];
  }

  const bookmark = () => add({ kind: "bookmark", turn: host.turn() }, `Turn ${host.number(host.turn())} is bookmarked.`);

  /** @param {Remark} remark */
  async function drop(remark) {
    try {
      await grading.dropRemark(id, remark.id);
      all = all.filter((each) => each.id !== remark.id);
      show();
      title.focus();
    } catch (failure) {
      status.fail(messageOf(failure));
    }
  }

  void grading.remarks(id).then((found) => { all = [...found, ...all.filter((each) => !found.some((one) => one.id === each.id))]; show(); }, (failure) => status.fail(messageOf(failure)));
  return {
    content,
    bookmark,
    write() {
      content.open = true;
      box.focus();
    },
    unsaved: () => box.value.trim() !== "",
  };
}
