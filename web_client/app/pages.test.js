import assert from "node:assert/strict";
import test from "node:test";
import { groupsOf } from "./pages.js";
import { route } from "./routes.js";

const texts = (/** @type {string[]} */ roles) => groupsOf(roles).flatMap((group) => group.pages.map((page) => page.text));

test("a guest of one room is shown no way to another", () => {
  assert.deepEqual([groupsOf(["observer"]), groupsOf(["marker"]), groupsOf([])], [[], [], []]);
});

test("whoever has a role may practise as well, and sees nothing of the other roles", () => {
  assert.ok(texts(["faculty"]).includes("Cases"));
  assert.ok(!texts(["faculty"]).includes("Assignments"));
  assert.ok(!texts(["student"]).includes("House"));
  assert.equal(new Set(groupsOf(["educator", "faculty"]).flatMap((group) => group.pages.map((page) => page.href))).size, texts(["educator", "faculty"]).length);
});

test("every page has a route, and marks itself as the current one there", () => {
  for (const group of groupsOf(["student", "educator", "faculty", "administrator"])) {
    for (const page of group.pages) assert.ok(page.names.includes(route(page.href).name), page.text);
  }
});

test("whoever may be on a course's staff is shown who is talking now", () => {
  for (const role of ["educator", "faculty"]) assert.ok(texts([role]).includes("Running now"), role);
  for (const role of ["student", "administrator"]) assert.ok(!texts([role]).includes("Running now"), role);
});
