import assert from "node:assert/strict";
import test from "node:test";
import { placeOf, route, to } from "./routes.js";

test("an address and its route are each other's inverse, whatever the id holds", () => {
  for (const id of ["novak-discharge", "a/b", "50%", "ä ö"]) {
    assert.deepEqual(route(to.case(id)), { name: "case", id });
    assert.deepEqual(route(to.encounter(id)), { name: "encounter", id });
    assert.deepEqual(route(to.reflection(id)), { name: "reflection", id });
    assert.deepEqual(route(to.turn("e1", id)), { name: "report", id: "e1", turn: id });
    assert.deepEqual(route(to.again("e1", id)), { name: "again", id: "e1", turn: id });
    assert.deepEqual(route(to.board(id)), { name: "board", id });
    assert.deepEqual(route(to.try(id)), { name: "try", what: { case_id: id } });
    assert.deepEqual(route(to.tryFile(id)), { name: "try", what: { file_id: id } });
  }
});

test("an empty address is the lobby, a stray one is unknown, a broken escape does not throw", () => {
  assert.deepEqual(route(""), { name: "lobby" });
  assert.deepEqual(route("#/"), { name: "lobby" });
  assert.deepEqual(route("#/encounter/e1/elsewhere"), { name: "unknown" });
  assert.deepEqual(route("#/case/%E0%A4%A"), { name: "case", id: "%E0%A4%A" });
});

test("the list of boards and the door to one have addresses of their own", () => {
  assert.deepEqual([to.boards(), to.join()].map(route), [{ name: "boards" }, { name: "join" }]);
  assert.deepEqual(["#/board", "#/join/x"].map(route), [{ name: "unknown" }, { name: "unknown" }]);
});

test("a start link carries its ticket", () => {
  assert.deepEqual(route("#ticket=abc_-1"), { name: "ticket", ticket: "abc_-1", watch: "", mark: "" });
});

test("an invitation to watch carries its ticket and its encounter", () => {
  assert.deepEqual(route("#ticket=abc_-1&observe=enc_x%2D1"), { name: "ticket", ticket: "abc_-1", watch: "enc_x-1", mark: "" });
  assert.deepEqual(route(to.watch("enc_x-1")), { name: "watch", id: "enc_x-1" });
});

test("an invitation to mark carries its ticket and its encounter", () => {
  assert.deepEqual(route("#ticket=abc_-1&mark=enc_x%2D1"), { name: "ticket", ticket: "abc_-1", watch: "", mark: "enc_x-1" });
  assert.deepEqual(route(to.mark("enc_x-1")), { name: "mark", id: "enc_x-1" });
});

test("an encounter goes on where its phase says", () => {
  assert.equal(placeOf("e", "prebrief"), "#/encounter/e");
  assert.equal(placeOf("e", "paused"), "#/encounter/e");
  assert.equal(placeOf("e", "reflection"), "#/encounter/e/reflection");
  assert.equal(placeOf("e", "done"), "#/encounter/e/report");
});
