// Who is in a course: groups, accommodations, and who comes and goes.

import { h } from "../app/dom.js";
import { confirmed, emptyState, field, form, modal, section, statusLine, table } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { timeWords } from "../student/words.js";
import { courses } from "./calls.js";
import { listOf } from "./words.js";

/** @typedef {import("./calls.js").Course} Course */
/** @typedef {import("./calls.js").Person} Person */

/** @param {Course} course @param {Person[]} people */
export function peopleOf(course, people) {
  const place = h("div", { class: "stack" });
  const told = statusLine();

  /** @param {Person[]} now @param {string} said */
  function show(now, said) {
    place.replaceChildren(listed(now), alone(now));
    told.say(said);
  }

  /** After a deed: who works by keyboard stays at the person. @param {string} said @param {string} person */
  async function reload(said, person) {
    try {
      show(await courses.people(course.id), said);
    } catch (failure) {
      told.fail(`${said} What stands here is from before. ${messageOf(failure)}`);
    }
    const button = place.querySelector(`[data-person="${CSS.escape(person)}"]`) ?? place.querySelector("button");
    if (button instanceof HTMLElement) button.focus();
  }

  /** @param {Person[]} now */
  function listed(now) {
    return table({
      caption: "Everybody in this course: its staff first, then by name",
      columns: [
        { head: "Name", names: true, by: (each) => each.name, cell: (each) => [each.name, each.active ? "" : " (account closed)"].join("") },
        { head: "Signs in as", cell: (each) => each.sign_in || "–" },
        { head: "Is", by: (each) => each.part, cell: (each) => (each.part === "staff" ? "on the staff" : "a learner") },
        { head: "Group", by: (each) => each.group, cell: (each) => each.group || "–" },
        { head: "Accommodations", cell: (each) => accommodations(each) },
        { head: "Change", quiet: true, cell: (each) => h("button", { class: "button small quiet", type: "button", "data-person": each.person, "aria-label": `Change ${each.name}`, onclick: () => void change(course, each, reload) }, "Change") },
      ],
      rows: now,
    });
  }

  show(people, "");
  return h("div", { class: "stack-wide" }, place, told.element, adding(course, (now) => show(now, "Added.")));
}

/** @param {Person[]} now */
function alone(now) {
  if (now.some((each) => each.part === "learner")) return "";
  return emptyState({ title: "No learners yet", text: "Add them below by the names they sign in with. Whoever has no account yet is invited by your lab's administrator, one by one or from a roster." });
}

/** @param {Person} each */
function accommodations(each) {
  if (each.part === "staff") return "–";
  const words = [each.time_percent === null ? "" : timeWords(each.time_percent), each.text_mode ? "in writing" : "", each.extra_attempts ? `${each.extra_attempts} more at each assignment` : ""];
  return words.filter(Boolean).join("; ") || "none here";
}

/** @param {string[]} groups @param {string} chosen */
function groupChoice(groups, chosen) {
  const names = chosen && !groups.includes(chosen) ? [...groups, chosen] : groups;
  return h("select", { name: "group" }, h("option", { value: "" }, "No group"), ...names.map((name) => h("option", { value: name, selected: name === chosen }, name)));
}

/** @param {string} chosen */
function partChoice(chosen) {
  return h("select", { name: "part" }, h("option", { value: "learner", selected: chosen === "learner" }, "Learner"), h("option", { value: "staff", selected: chosen === "staff" }, "Staff: reads and marks what learners make for this course"));
}

/** @param {Course} course @param {(now: Person[]) => void} done */
function adding(course, done) {
  const names = field({ label: "Names they sign in with", hint: "One a line, or with commas between. All are added, or none.", control: h("textarea", { name: "sign_ins", rows: 4, required: true, autocomplete: "off", spellcheck: "false" }) });
  const part = field({ label: "As", control: partChoice("learner") });
  const group = field({ label: "Group", control: groupChoice(course.groups, "") });
  const made = form({
    fields: [names, part, group],
    submit: "Add them",
    send: async () => {
      done(await courses.add(course.id, { sign_ins: listOf(names.control.value), part: part.control.value, group: group.control.value }));
      names.control.value = "";
    },
  });
  return section("Add people", h("div", { class: "card" }, made));
}

/** @param {Course} course @param {Person} who @param {(said: string, person: string) => Promise<void>} reload */
async function change(course, who, reload) {
  const part = field({ label: "Is", control: partChoice(who.part) });
  const group = field({ label: "Group", control: groupChoice(course.groups, who.group) });
  const time = field({ label: "Time in this course", name: "time_percent", hint: "Applied to every attempt, without anybody asking.", control: timeChoice(who.time_percent) });
  const extra = field({ label: "More attempts at each assignment", control: h("input", { name: "extra_attempts", type: "number", min: 0, max: 100, required: true, value: who.extra_attempts, class: "short" }) });
  const text = h("input", { type: "checkbox", id: "text-mode", checked: who.text_mode });
  const typed = h("div", { class: "choice" }, text, h("label", { for: "text-mode" }, "Takes part in writing, and is scored on equal terms"));
  const saved = form({
    fields: [part, group, time, extra],
    more: [typed],
    submit: "Save",
    send: async () => {
      await courses.place(course.id, who.person, { part: part.control.value, group: group.control.value, time_percent: time.control.value === "" ? null : Number(time.control.value), text_mode: text.checked, extra_attempts: Number(extra.control.value) });
      close("saved");
    },
  });
  const told = statusLine();
  const leave = h("button", { class: "button quiet", type: "button", onclick: () => void remove() }, "Take out of the course");
  const { close, closed } = modal(who.name, saved, h("div", { class: "row" }, leave, h("button", { class: "button quiet", type: "button", onclick: () => close() }, "Close")), told.element);

  async function remove() {
    const sure = await confirmed({ title: `Take ${who.name} out of ${course.title}?`, text: ["What they made for it stays with the course. They can be added again."], yes: "Take them out", no: "Leave them in" });
    if (!sure) return;
    try {
      await courses.remove(course.id, who.person);
      close("gone");
    } catch (failure) {
      told.fail(messageOf(failure));
    }
  }

  const how = await closed;
  if (how) await reload(how === "gone" ? `${who.name} is no longer in this course.` : `Saved: ${who.name}.`, who.person);
}

/** @param {number | null} chosen */
function timeChoice(chosen) {
  /** @type {[string, string][]} */
  const usual = [["", "As their account has it"], ["100", "The usual time"], ["125", "1.25 times"], ["150", "1.5 times"], ["200", "Twice"], ["0", "No time limit"]];
  const value = chosen === null ? "" : String(chosen);
  const all = usual.some(([each]) => each === value) ? usual : [...usual, /** @type {[string, string]} */ ([value, `${Number(value) / 100} times`])];
  return h("select", { name: "time_percent" }, ...all.map(([each, words]) => h("option", { value: each, selected: each === value }, words)));
}
