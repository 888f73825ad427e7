// Everything that is kept about whoever looks: to see, to take away, to delete.

import { h, redraw } from "../app/dom.js";
import { confirmed, emptyState, pageHead, section, statusLine, table } from "../app/parts.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { beganWords } from "../screens/words.js";
import { aboutYou } from "./background.js";
import { mayBeShown } from "../debriefing_room/agreeing.js";
import { student } from "./calls.js";
import { countWords, lookWords } from "./words.js";

/** @typedef {import("./calls.js").OwnData} OwnData */
/** @typedef {import("./calls.js").OwnEncounter} OwnEncounter */
/** @typedef {import("./calls.js").Look} Look */

export async function myDataPage() {
  const [data, looks, mine, agreeing] = await Promise.all([student.data(), student.seenBy(), student.background(), mayBeShown()]);
  const [kept, list, goes] = [h("div"), h("div"), h("div")];
  const told = statusLine();
  told.element.setAttribute("tabindex", "-1");

  /** What somebody is writing about themselves further down is left alone. @param {OwnData} now */
  function show(now) {
    const lost = goes.contains(document.activeElement);
    redraw(kept, now, whoYouAre);
    redraw(list, now.encounters, encounters);
    redraw(goes, now, () => deleting(now, show, told));
    if (lost) told.element.focus();
  }

  show(data);
  const content = h(
    "div",
    { class: "stack-wide" },
    pageHead({ title: "My data", lead: "What Bedside keeps about you, who looked at it, and how you take it away." }),
    kept,
    takeAway(),
    list,
    seen(looks, data.encounters),
    agreeing ?? "",
    aboutYou(mine),
    goes,
  );
  return { title: "My data", content, wide: true };
}

/** @param {OwnData} data */
function whoYouAre(data) {
  const others = Object.entries(data.others).filter(([, count]) => count > 0).map(([kind, count]) => countWords(kind, count));
  const kept = [countWords("encounters", data.encounters.length), ...others];
  return section(
    "What is kept",
    data.sign_in ? h("p", null, "You sign in as ", h("strong", null, data.sign_in), `. Others see you as ${data.name}.`) : h("p", null, "You came in by the start link; there is no account of yours."),
    h("ul", { class: "plain" }, ...kept.map((each) => h("li", null, each))),
    h("p", { class: "soft" }, "Of every encounter: what was said, your reflection, what you wrote, its draft and its marks. Sound is never kept."),
  );
}

function takeAway() {
  return section(
    "Take it away",
    h("p", { class: "row" },
      h("a", { class: "button", href: "/api/me/data.json", download: "bedside-my-data.json" }, "Everything, as one file (JSON)"),
      h("a", { class: "button quiet", href: "/api/me/data.csv", download: "bedside-my-data.csv" }, "The list of encounters (CSV)"),
    ),
    h("p", { class: "soft" }, "A report as PDF is on its own page."),
  );
}

/** @param {readonly OwnEncounter[]} all */
function encounters(all) {
  if (!all.length) return section("Your encounters", emptyState({ text: "None yet. What you do here is listed from the first conversation on.", action: h("a", { class: "button", href: to.cases() }, "Meet somebody") }));
  return section(
    "Your encounters",
    table({
      caption: "Every encounter that is kept", hideCaption: true, rows: all,
      columns: [
        { head: "Case", names: true, by: (each) => each.title, cell: (each) => h("a", { href: each.ended ? to.report(each.id) : to.encounter(each.id) }, each.title) },
        { head: "Began", by: (each) => each.created_at, cell: (each) => beganWords(each.created_at) },
        { head: "What it is", by: (each) => each.kind, cell: (each) => (each.kind === "attempt" ? "Made for an assignment" : each.retry_of ? "Practice: a moment tried again" : "Practice") },
        { head: "Deleting it", cell: (each) => each.stays || "Whenever you like" },
      ],
    }),
  );
}

/** @param {readonly Look[]} looks @param {readonly OwnEncounter[]} all */
function seen(looks, all) {
  const titles = new Map(all.map((each) => [each.id, each.title]));
  if (!looks.length) return section("Who looked", emptyState({ text: "Nobody has opened an encounter of yours.", hint: "When somebody on the staff of a course does, it is written here." }));
  return section(
    "Who looked",
    table({
      caption: "Who on the staff opened an encounter of yours", hideCaption: true, rows: looks,
      columns: [
        { head: "Who", names: true, by: (each) => each.who, cell: (each) => each.who },
        { head: "Did", cell: (each) => lookWords(each.what) },
        { head: "Encounter", cell: (each) => titles.get(each.encounter_id) ?? "an encounter that is deleted" },
        { head: "When", by: (each) => each.at, cell: (each) => beganWords(each.at) },
      ],
    }),
  );
}

/**
 * @param {OwnData} data @param {(now: OwnData) => void} changed
 * @param {ReturnType<typeof statusLine>} told stays while the rest is drawn again
 */
function deleting(data, changed, told) {
  const practice = data.encounters.filter((each) => !each.stays);

  const erase = onlyOnce(async () => {
    if (!(await sureOfDeleting(practice.length))) return;
    try {
      const { erased } = await student.erasePractice();
      told.say(`Deleted: ${erased.length === 1 ? "1 encounter" : `${erased.length} encounters`}.`);
    } catch (failure) {
      return told.fail(`Nothing was deleted. ${messageOf(failure)}`);
    }
    await student.data().then(changed, (failure) => told.fail(`They are deleted; what is left could not be read. ${messageOf(failure)}`));
  });

  return section(
    "Delete",
    practice.length ? h("p", null, h("button", { class: "button", type: "button", onclick: erase }, "Delete all my practice")) : h("p", { class: "soft" }, "There is no practice to delete."),
    told.element,
    data.sign_in && erasure(data, changed, told),
  );
}

/** @param {number} count of encounters */
function sureOfDeleting(count) {
  return confirmed({
    title: "Delete all your practice?",
    text: [`${count === 1 ? "One encounter is" : `${count} encounters are`} deleted for good, with everything that you wrote about them.`, "What you made for an assignment stays in your course's record."],
    yes: "Delete my practice", no: "Keep it",
  });
}

/** @param {OwnData} data @param {(now: OwnData) => void} changed @param {ReturnType<typeof statusLine>} told */
function erasure(data, changed, told) {
  const wanted = Boolean(data.erasure_asked_at);

  const ask = onlyOnce(async () => {
    try {
      const now = await student.askForErasure(!wanted);
      told.say(wanted ? "Taken back." : "Asked. Your lab's administrator sees it.");
      changed(now);
    } catch (failure) {
      told.fail(messageOf(failure));
    }
  });

  return h(
    "div",
    { class: "stack-tight" },
    h("p", null, wanted ? `You asked on ${beganWords(data.erasure_asked_at ?? "")} for your account to be erased.` : "An administrator erases your account when you ask. A course's record stays as long as its rule says, without your name where that rule allows."),
    h("p", null, h("button", { class: "button quiet", type: "button", onclick: ask }, wanted ? "Take that back" : "Ask for my account to be erased")),
  );
}

/** A deed that is not begun again while it goes on. @param {() => Promise<void>} deed */
function onlyOnce(deed) {
  let busy = false;
  return () => {
    if (busy) return;
    busy = true;
    void deed().finally(() => (busy = false));
  };
}
