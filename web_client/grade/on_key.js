// What each key of the grading page does at the bench.

import { announce } from "../app/announcer.js";
import { to } from "../app/routes.js";
import { focusIn } from "../mark/own_sheet.js";
import { accept, rate } from "./deeds.js";
import { decides } from "./told.js";
import { RATINGS } from "./whole.js";

/** @typedef {import("./bench.js").Bench} Bench */

/** @param {Bench} bench @param {import("./keys.js").GradeAction} action */
export function take(bench, action) {
  const { keys, words } = bench;
  switch (action.do) {
    case "help":
      return keys.show();
    case "switch":
      keys.inTalk = !keys.inTalk;
      return keys.inTalk ? words.focus() : bench.toLine(bench.at);
    case "step":
      return keys.inTalk ? words.step(action.by) : bench.toLine(bench.at + action.by);
    case "line":
      return toNextLine(bench, action.by);
    case "move":
    case "widen":
      return words.choose(action);
    case "transcript":
      return elsewhere(bench, action.by);
    case "bank":
      return bench.bank.open();
    case "bookmark":
      return void bench.remarks.bookmark();
    case "note":
      return bench.remarks.write();
    case "close":
      return toEnd(bench);
    default:
      return onLine(bench, action);
  }
}

/** The talk keeps the focus. @param {Bench} bench @param {1 | -1} by */
function toNextLine(bench, by) {
  if (!bench.keys.inTalk) return bench.toLine(bench.at + by);
  bench.enter(bench.at + by);
  bench.keys.inTalk = true;
  const line = bench.page.rubric.dimensions[bench.at];
  announce(line ? `${line.name}: ${line.question}` : "The whole: 1 fail to 5 excellent.");
}

/** @param {Bench} bench */
function toEnd(bench) {
  if (decides(bench.desk.state)) return focusIn(document.querySelector("#grade-onward a") ?? bench.side.querySelector("#mark-sign :is(input, button)"));
  bench.enter(bench.sheet.count);
  bench.sheet.toEnd();
}

/** @param {Bench} bench @param {import("../mark/keys.js").Action} action */
function onLine(bench, action) {
  if (bench.at >= bench.sheet.count) return onWhole(bench, action);
  if (action.do === "accept" && !bench.desk.state.closed) return bench.desk.state.draft ? void accept(bench) : undefined;
  return bench.sheet.act(action, bench.at);
}

/** @param {Bench} bench @param {import("../mark/keys.js").Action} action */
function onWhole(bench, action) {
  const rating = action.do === "level" ? RATINGS[action.level - 1] : undefined;
  if (!rating) return;
  if (decides(bench.desk.state)) bench.agreed.key(rating);
  else void rate(bench, rating);
}

/** @param {Bench} bench @param {1 | -1} by */
function elsewhere({ near }, by) {
  const row = by > 0 ? near.after : near.before;
  if (row) location.hash = to.grade(row.encounter_id);
  else announce(by > 0 ? "This is the last transcript." : "This is the first transcript.");
}
