import assert from "node:assert/strict";
import test from "node:test";
import { counted, newFromOthers, themesOf, threads } from "./thread.js";

/** @param {string} id @param {string} [reply_to] @param {boolean} [yours] @returns {import("../types/api.js").Post} */
function post(id, reply_to = "", yours = false) {
  return { id, reply_to, yours, name: "Ann", text: "", question: "", by_owner: false, may_take_back: yours, posted_at: "", follow_ups: [] };
}

test("answers stand under their posts, in order; an answer to what is gone stands nowhere", () => {
  const found = threads([post("a"), post("b"), post("b1", "b"), post("a1", "a"), post("x1", "x"), post("a2", "a")]);
  assert.deepEqual(found.map((each) => [each.post.id, each.answers.map((one) => one.id)]), [["a", ["a1", "a2"]], ["b", ["b1"]]]);
});

test("what is new is counted, what one wrote oneself is not", () => {
  assert.equal(newFromOthers(new Set(["a"]), [post("a"), post("b", "", true), post("c"), post("d", "a")]), 2);
  assert.equal(newFromOthers(new Set(["a", "b"]), [post("b")]), 0);
});

test("themes are separated by commas or lines, and none counts twice", () => {
  assert.deepEqual(themesOf(" silence, bad news\n\nhonesty;, silence "), ["silence", "bad news", "honesty"]);
  assert.deepEqual(themesOf(" , \n"), []);
});

test("one is one", () => {
  assert.deepEqual([0, 1, 2].map((each) => counted(each, "post", "posts")), ["0 posts", "1 post", "2 posts"]);
});
