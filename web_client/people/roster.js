// A whole class from a file: looked at first, with every fault by its line, then all of it or nothing.

import { Refused } from "../app/api.js";
import { h } from "../app/dom.js";
import { field, form, pageHead, section, table } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { people } from "./calls.js";
import { copyButton, untilWords } from "./link_box.js";
import { saveFile } from "./saving_files.js";
import { textOf, timeWords } from "./words.js";

/** @typedef {import("./calls.js").Roster} Roster */

const HEAD = "name,sign_in,roles,course,time_percent";
const EXAMPLE = `${HEAD}\r\nAnn Berry,ann.berry@uni.example,student,,\r\n`;

export function rosterPage() {
  const place = h("div", { class: "stack-wide", "aria-live": "polite" });
  const text = field({ label: "Or paste it here", control: h("textarea", { name: "text", rows: 8, spellcheck: "false", class: "roster-text" }), hint: "Commas, semicolons or tabs between the cells." });
  const file = field({ label: "The file", control: h("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv,text/plain" }), hint: "CSV, as Excel, Numbers or the student system save it." });
  const chosen = /** @type {HTMLInputElement} */ (file.control);
  let asked = 0;

  // a browser tells nothing when the same file is chosen again, mended
  chosen.addEventListener("click", () => (chosen.value = ""));
  chosen.addEventListener("change", () => void take().catch((failure) => text.fail(messageOf(failure))));

  async function take() {
    const given = chosen.files?.[0];
    if (!given) return;
    file.clear();
    text.clear();
    const bytes = await given.arrayBuffer().catch(() => null);
    if (!bytes) return file.fail("This file cannot be read any more. Choose it again.");
    text.control.value = textOf(new Uint8Array(bytes));
    await look();
  }

  /** What is added afterwards is what was looked at here, whatever stands in the box by then. */
  async function look() {
    const mine = (asked += 1);
    const looked = text.control.value;
    const roster = await people.roster(looked, false);
    if (mine !== asked) return;
    place.replaceChildren(...preview(roster, () => make(looked)));
    /** @type {HTMLElement | null} */ (place.querySelector("h2"))?.scrollIntoView({ block: "nearest" });
  }

  async function make(/** @type {string} */ looked) {
    const roster = await people.roster(looked, true);
    asked += 1;
    chosen.value = "";
    text.control.value = "";
    place.replaceChildren(...done(roster));
  }

  const above = [{ text: "People", href: "#/people" }];
  const content = h(
    "div",
    { class: "stack-wide" },
    pageHead({ title: "Add a class from a file", above, lead: "Nothing happens until you have seen what it would do. Then everybody is added, or nobody." }),
    section(
      "The list",
      h("p", null, "Its first line names the columns: ", h("code", null, HEAD), ". Only name and sign_in are needed; who has no role is a student, and a course is named by its code."),
      h("p", null, h("button", { class: "button small quiet", type: "button", onclick: () => saveFile("roster.csv", EXAMPLE) }, "Download one to fill in")),
      form({ fields: [file, text], submit: "Look at it", send: look }),
    ),
    place,
  );
  return { title: "Add a class", content, wide: true };
}

/** @param {Roster} roster @param {() => Promise<void>} make */
function preview({ rows, faults }, make) {
  const fresh = rows.filter((row) => !row.here).length;
  if (faults.length) return [faultList(faults)];
  const known = rows.length - fresh;
  return [
    section(
      "What it would do",
      h("p", null, known ? `${fresh} new; ${known} ${known === 1 ? "has" : "have"} an account already, which stays as it is: only the course is added.` : `${fresh} new.`),
      rowTable(rows),
      form({ fields: [], submit: addWords(fresh), send: () => make().catch(maybeDone) }),
    ),
  ];
}

/** @param {number} fresh */
function addWords(fresh) {
  if (!fresh) return "Put them into their courses";
  return fresh === 1 ? "Add 1 person" : `Add ${fresh} people`;
}

/** An answer that was lost on its way is no proof that nothing was done. @param {unknown} failure */
function maybeDone(failure) {
  if (!(failure instanceof Refused) || failure.status) throw failure;
  throw new Refused(0, failure.code, `${failure.message} Look on the people page whether they were added: there, New links for many makes links again.`);
}

/** @param {Roster["faults"]} faults */
function faultList(faults) {
  const columns = [
    { head: "Line", cell: (/** @type {Roster["faults"][number]} */ fault) => fault.line, number: true },
    { head: "Column", cell: (/** @type {Roster["faults"][number]} */ fault) => fault.column || "The whole line" },
    { head: "What is wrong, and how to mend it", cell: (/** @type {Roster["faults"][number]} */ fault) => fault.message },
  ];
  const count = faults.length === 1 ? "One thing has to be mended first" : `${faults.length} things have to be mended first`;
  return section(count, table({ caption: "Faults in the list, by line", hideCaption: true, columns, rows: faults }), h("p", { class: "soft" }, "Mend the file and choose it again, or mend it in the box and look again. Nobody was added."));
}

/** @param {Roster["rows"]} rows */
function rowTable(rows) {
  return table({
    caption: "Everybody in the list",
    hideCaption: true,
    columns: [
      { head: "Name", cell: ({ name }) => name, names: true },
      { head: "Signs in as", cell: ({ sign_in }) => h("span", { class: "breakable" }, sign_in) },
      { head: "Roles", cell: ({ roles }) => roles.join(", ") },
      { head: "Course", cell: ({ course }) => course || "None" },
      { head: "Time", cell: ({ time_percent }) => timeWords(time_percent) },
      { head: "Account", cell: ({ here }) => (here ? h("span", { class: "tag" }, "Has one") : "New") },
    ],
    rows,
  });
}

/** @param {Roster} roster */
function done({ rows, links, file }) {
  if (!links.length) return [section("Done", h("p", null, `All ${rows.length} had an account; they are in their courses now.`))];
  const told = h("span", { class: "soft", role: "status" });
  return [
    section(
      links.length === 1 ? "1 person is added" : `${links.length} people are added`,
      h("p", { class: "note" }, `Each of them needs their link to choose a password. The links are shown only now, and work once, until ${untilWords(links[0]?.until ?? "")}. A lost one is replaced on the people page, also for all of them at once.`),
      h("p", { class: "row" }, h("button", { class: "button primary", type: "button", onclick: () => saveFile("bedside-links.csv", file) }, "Download the links"), told),
      table({
        caption: "Links, one a person",
        hideCaption: true,
        columns: [
          { head: "Name", cell: ({ name }) => name, names: true },
          { head: "Link", cell: ({ address }) => h("code", { class: "breakable" }, address) },
          { head: "Copy", quiet: true, cell: ({ name, address }) => copyButton(`Copy the link for ${name}`, "Copy", address, told) },
        ],
        rows: links,
      }),
    ),
  ];
}
