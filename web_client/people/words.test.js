import assert from "node:assert/strict";
import test from "node:test";
import { queryOf } from "./calls.js";
import { AT_ONCE, everybody } from "./listing.js";
import { accountWords, changesOf, linkWords, stateWords, textOf, timeWords } from "./words.js";

/** @typedef {import("./calls.js").Account} Account */

/** @param {Partial<Account>} [values] @returns {Account} */
const account = (values) => ({ id: "acc_ann", name: "Ann", sign_in: "ann", roles: ["student"], time_percent: 100, active: true, has_password: true, link_until: null, erased: false, edition: 1, made_at: "", seen_at: null, ...values });

test("a file is read however a spreadsheet saved it", () => {
  const text = "name,sign_in\nZoë,zoe\n";
  const wide = [...text].flatMap((letter) => [letter.charCodeAt(0), 0]);
  const files = [new TextEncoder().encode(text), [0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)], [...text].map((letter) => letter.charCodeAt(0)), [0xff, 0xfe, ...wide]];
  for (const bytes of files) assert.equal(textOf(Uint8Array.from(bytes)), text);
});

test("what is empty is not asked for", () => {
  assert.equal(queryOf({ text: "", role: "faculty", state: "", offset: 0 }), "role=faculty&offset=0");
  assert.equal(queryOf({ text: "a&b" }), "text=a%26b");
});

test("a state has words, and the usual has none", () => {
  const states = [account(), account({ has_password: false }), account({ active: false }), account({ active: false, erased: true })];
  assert.deepEqual(states.map(stateWords), ["", "Waits for a password", "Closed", "Erased"]);
  assert.deepEqual(states.map(linkWords), ["", "Link has run out.", "", ""]);
  assert.match(linkWords(account({ has_password: false, link_until: "2026-01-08T12:00:00Z" })), /until .*2026/);
  assert.deepEqual([100, 150, 0].map(timeWords), ["As everybody", "150 %", "Untimed"]);
});

test("only what somebody changed is sent, so that it takes nothing of another's back", () => {
  const form = { name: "Ann", sign_in: "ann", roles: ["student", "faculty"], time_percent: 150 };
  assert.deepEqual(changesOf(account(), form), { roles: ["student", "faculty"], time_percent: 150 });
  assert.deepEqual(changesOf(account(), { ...form, roles: ["student"], time_percent: 100 }), {});
  assert.equal(accountWords(account({ time_percent: 150, active: false })), "Ann, who signs in as ann; student; time: 150 %; closed");
});

/** A lab of so many people, and what was asked of it. @param {number} size */
function lab(size) {
  const all = Array.from({ length: size }, (_, at) => account({ id: `acc_${at}` }));
  /** @type {import("./calls.js").Search[]} */
  const asked = [];
  const read = async (/** @type {import("./calls.js").Search} */ search) => {
    asked.push(search);
    const from = search.offset ?? 0;
    return { accounts: all.slice(from, from + (search.limit ?? 0)), total: size };
  };
  return { asked, read };
}

test("a long list is read page by page, and no further than it is wanted", async () => {
  for (const [size, count, pages] of [[0, 50, 1], [49, 50, 1], [300, 50, 1], [300, 300, 2], [300, 1_000, 2], [400, 1_000, 2], [401, 1_000, 3], [2_000, 1_000, 5]]) {
    const { asked, read } = lab(size ?? 0);
    const found = await everybody(read, { role: "student" }, count ?? 0);
    assert.deepEqual([found.accounts.length, found.total, asked.length], [Math.min(size ?? 0, count ?? 0), size, pages]);
    assert.ok(asked.every((each) => each.role === "student" && (each.limit ?? 0) <= AT_ONCE));
  }
});
