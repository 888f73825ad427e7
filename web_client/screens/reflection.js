// Out of the room: leaving the fiction, then the learner's own words and marks. Only after them is anything shown.

import { api } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";

/** @typedef {import("../types/api.js").Dimension} Dimension */
/** @typedef {import("../types/api.js").ReflectionForm} ReflectionForm */

const LONGEST = 8000;

/** @param {string} id */
export async function reflectionPage(id) {
  const encounter = await api.encounter(id);
  if (encounter.phase !== "reflection") {
    location.replace(encounter.phase === "done" ? to.report(id) : to.encounter(id));
    return { title: "Reflection", content: h("p", { class: "soft" }, "There is nothing to reflect on yet.") };
  }
  const detail = await api.case(encounter.case_id);
  const name = detail.cast[0]?.name ?? "The patient";
  const content = h("article", { class: "stack-wide" }, farewell(name, encounter.ended), form(id, detail.rubric?.dimensions ?? []));
  return { title: "Out of the room", content };
}

/** @param {string} name @param {string} ended */
function farewell(name, ended) {
  return h(
    "header",
    { class: "stack farewell" },
    ended === "time_up" && h("p", { class: "eyebrow" }, "Time was up"),
    h("h1", null, `You are out of the room. ${name} is a fiction.`),
    h("p", { class: "lead" }, "Put her down for a moment. Look up from the screen, and say one true thing about your own day."),
    h("p", { class: "soft" }, "If something of this stays with you, talk to your instructor: that is no weakness, and not scored."),
  );
}

/** @param {string} id @param {string} label @param {string} hint */
function question(id, label, hint) {
  const box = h("textarea", { id, rows: 4, maxlength: LONGEST, "aria-describedby": `${id}-hint` });
  const content = h("p", { class: "field" }, h("label", { for: id }, label), h("span", { class: "soft", id: `${id}-hint` }, hint), box);
  return { content, value: () => box.value.trim() };
}

/** One mark for oneself; none is an answer too. @param {Dimension} dimension */
function ownMark(dimension) {
  const name = `self-${dimension.id}`;
  const choices = ["", "0", "1", "2", "3", "4"].map((value) =>
    h("label", { class: "mark" }, h("input", { type: "radio", name, value, checked: value === "" }), h("span", null, value || "no mark")),
  );
  const meaning = h("p", { class: "soft meaning", "aria-live": "polite" });
  const group = h(
    "fieldset",
    { class: "own-mark", "aria-describedby": `${name}-question` },
    h("legend", null, dimension.name),
    h("p", { class: "soft", id: `${name}-question` }, dimension.question),
    h("div", { class: "marks" }, ...choices),
    meaning,
  );
  const chosen = () => group.querySelector("input:checked")?.getAttribute("value") ?? "";
  group.addEventListener("change", () => say(meaning, dimension.anchors[chosen()] ?? ""));
  return { content: group, id: dimension.id, value: chosen };
}

/** @param {string} id @param {readonly Dimension[]} dimensions */
function form(id, dimensions) {
  const reactions = question("reactions", "How are you leaving that conversation?", "A word or two is enough. Nothing here is scored.");
  const felt = question("felt", "What I felt", "What went on in you that nobody could hear.");
  const said = question("said", "What I said", "What you said with it, or did not say.");
  const marks = dimensions.map(ownMark);
  const error = h("p", { class: "error", role: "alert" });
  const button = h("button", { class: "button primary big", type: "submit" }, "Show me the report");

  /** @returns {ReflectionForm} */
  const answers = () => {
    const given = marks.filter((mark) => mark.value() !== "").map((mark) => [mark.id, Number(mark.value())]);
    return { reactions: reactions.value(), felt: felt.value(), said: said.value(), self_rating: Object.fromEntries(given) };
  };

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    say(error, "");
    try {
      await api.reflect(id, answers());
      location.replace(to.report(id));
    } catch (failure) {
      if (/** @type {any} */ (failure)?.code === "already_reflected") return location.replace(to.report(id));
      button.disabled = false;
      say(error, messageOf(failure));
    }
  }

  return h(
    "form",
    { class: "stack-wide", onsubmit: (/** @type {Event} */ event) => void submit(event) },
    h("section", { class: "stack" }, h("h2", null, "Your own words first"), reactions.content, felt.content, said.content),
    marks.length > 0 && h("section", { class: "stack" }, h("h2", null, "And your own marks"), h("p", { class: "soft" }, "As far as you like. They stand beside the report's, and nobody averages them."), ...marks.map((mark) => mark.content)),
    error,
    h("p", null, button),
  );
}
