import assert from "node:assert/strict";
import { test } from "node:test";
import { standsAs, tagOf } from "./words.js";

test("what students meet is said first, and what became of the text since", () => {
  const said = (/** @type {string} */ status, published_version = "") => standsAs({ status, published_version });
  assert.deepEqual(["draft", "in_review", "approved", "retired"].map((status) => said(status)), ["Draft", "In review", "Approved", "Retired"]);
  assert.equal(said("published", "1.0.0"), "Published 1.0.0");
  assert.equal(said("draft", "1.0.0"), "Published 1.0.0, and a newer draft");
  assert.equal(said("in_review", "1.0.0"), "Published 1.0.0, and a newer version in review");
  assert.equal(said("approved", "1.0.0"), "Published 1.0.0, and a newer version approved");
  assert.equal(tagOf({ status: "draft", published_version: "1.0.0" }), "tag good", "students meet it");
});
