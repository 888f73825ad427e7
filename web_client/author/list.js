// The case files of whoever is signed in, what others have shown, and a new one.

import { api } from "../app/api.js";
import { emptyState, field, form, pageHead, section, table } from "../app/parts.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { calls } from "./calls.js";
import { readUpload } from "./upload.js";
import { standsAs, tagOf, when, who } from "./words.js";

/** @typedef {import("../types/author.js").FileCard} FileCard */

export async function filesPage() {
  const [files, families, cases, me] = await Promise.all([calls.files(), calls.beginnings(), api.cases(), api.me()]);
  const writes = me.roles.includes("educator");
  const lead = "A case is a patient, what they hide, and what it takes to hear it. You write it, try it, and another educator approves it before students meet it.";
  const content = h("div", { class: "stack-wide" }, pageHead({ title: "Cases to write", lead }), ...(writes ? [mine(files), beginning(families, cases)] : []), shown(files));
  return { title: "Cases to write", content, wide: true };
}

/** @param {FileCard[]} files */
function mine(files) {
  const rows = files.filter((each) => each.yours);
  const body = rows.length ? listing("Your files, and those that you may change", rows) : emptyState({ title: "You have not begun a case yet", text: "Grow one from a family, copy one that you know, or upload a file. Nobody sees it until you submit it for review." });
  return section("Yours", body);
}

/** @param {FileCard[]} files */
function shown(files) {
  const rows = files.filter((each) => !each.yours);
  const body = rows.length ? listing("Files of others: in review, approved or published", rows) : emptyState({ text: "What other educators submit for review stands here, to be read, remarked on and approved." });
  return section("From others", body);
}

/** @param {string} caption @param {FileCard[]} rows */
function listing(caption, rows) {
  return table({
    caption,
    rows,
    columns: [
      { head: "Case", names: true, cell: (row) => h("a", { href: to.write(row.id) }, row.title || "Without a title"), by: (row) => row.title },
      { head: "Status", cell: (row) => h("span", { class: tagOf(row) }, standsAs(row)), by: standsAs },
      { head: "Version of the text", cell: (row) => row.version },
      { head: "By", cell: (row) => who(row.owner), by: (row) => row.owner },
      { head: "Changed", cell: (row) => when(row.changed_at), by: (row) => row.changed_at },
    ],
  });
}

/** @param {{id: string, title: string, summary: string}[]} families @param {{case_id: string, title: string}[]} cases */
function beginning(families, cases) {
  return section("Begin a case", h("div", { class: "cards" }, growing(families), copying(cases), uploading()));
}

/** @param {Parameters<typeof calls.begin>[0]} from */
async function begin(from) {
  location.hash = to.write((await calls.begin(from)).id);
}

/** @param {{id: string, title: string, summary: string}[]} families */
function growing(families) {
  if (!families.length) return null;
  const choice = h("select", { name: "family" }, ...families.map(({ id, title }) => h("option", { value: id }, `${id.replaceAll("-", " ")}: ${title}`)));
  const fields = [field({ label: "A family of conversations", control: choice, hint: "A small case that can be played as it stands, with its classic hidden beats." })];
  return card("Grow one", form({ fields, submit: "Grow it", send: () => begin({ family: choice.value }) }));
}

/** @param {{case_id: string, title: string}[]} cases */
function copying(cases) {
  const choice = h("select", { name: "copy_of" }, ...cases.map(({ case_id, title }) => h("option", { value: case_id }, title)));
  const fields = [field({ label: "A case of the library", control: choice, hint: "The copy is yours, with an id and a title of its own; change both under Form. Credit and licence come along." })];
  return card("Copy one", form({ fields, submit: "Copy it", send: () => begin({ copy_of: choice.value }) }));
}

function uploading() {
  const choice = h("input", { type: "file", accept: ".yaml,.yml", name: "text", required: true });
  const chosen = field({ label: "A YAML file", control: choice, hint: "At most 262,144 bytes of UTF-8. It is kept as it is, also when something in it is wrong yet." });
  const send = async () => begin({ text: await readUpload(choice.files?.[0] ?? null) });
  return card("Upload one", form({ fields: [chosen], submit: "Upload it", send }));
}

/** @param {string} title @param {HTMLElement} body */
function card(title, body) {
  return h("div", { class: "card stack" }, h("h3", null, title), body);
}
