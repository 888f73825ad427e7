// The debriefings of one's courses, and a new one.

import { emptyState, field, form, pageHead, section, table } from "../app/parts.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { playlists } from "./calls.js";

/** @typedef {import("./calls.js").Card} Card */

/** @returns {Promise<import("../app/main.js").Screen>} */
export async function debriefingsPage() {
  const [cards, courses] = await Promise.all([playlists.list(), playlists.courses()]);
  const lead = "Choose moments that you bookmarked, and talk about them with the group: on the wall, without names, one at a time.";
  const content = h("article", { class: "stack-wide" }, pageHead({ title: "Group debriefings", lead }), section("Prepared", cards.length ? listed(cards) : nothing()), section("A new one", making(courses)));
  return { title: "Group debriefings", content };
}

function nothing() {
  return emptyState({
    title: "None prepared yet",
    text: "Set a bookmark where you mark or watch an encounter, then gather bookmarks here.",
    hint: "Only moments of learners who agreed to it are shown, and nobody's name.",
  });
}

/** @param {readonly Card[]} cards */
function listed(cards) {
  return table({
    caption: "Debriefings, newest first",
    hideCaption: true,
    columns: [
      { head: "Debriefing", names: true, cell: (/** @type {Card} */ card) => h("a", { href: to.debriefing(card.id) }, card.title) },
      { head: "Course", cell: (/** @type {Card} */ card) => card.course || "Your own encounters" },
      { head: "Moments", number: true, cell: (/** @type {Card} */ card) => card.moments },
    ],
    rows: cards,
  });
}

/** @param {readonly {id: string, title: string, part: string}[]} courses */
function making(courses) {
  const staffed = courses.filter((course) => course.part === "staff");
  const title = field({ label: "Title", control: h("input", { name: "title", type: "text", required: true, maxlength: 120 }), hint: "The group sees it." });
  const choices = [...staffed.map((each) => h("option", { value: each.id }, each.title)), h("option", { value: "" }, "Your own encounters, for you alone")];
  const course = field({ label: "Of", control: h("select", { name: "course_id" }, ...choices), hint: "The whole staff of a course has its debriefings." });
  const send = async () => {
    const made = await playlists.make(title.control.value, course.control.value);
    location.hash = to.debriefing(made.id);
  };
  return form({ fields: [title, course], submit: "Prepare it", send });
}
