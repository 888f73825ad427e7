// What a grader does beside giving a line its mark: the whole, the draft taken over, the sheet closed or given up.

import { announce } from "../app/announcer.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { grading } from "./calls.js";
import { decides } from "./told.js";
import { missing } from "./whole.js";

/** @typedef {import("./bench.js").Bench} Bench */
/** @typedef {import("../types/api.js").Overall} Overall */
/** @typedef {import("../types/api.js").MarkStep} MarkStep */

/** A step that somebody waits for, after all lines that wait. Tells why it was refused; empty: it was taken. @param {Bench} bench @param {MarkStep} step @param {string} done */
async function tried(bench, step, done) {
  try {
    await bench.sheet.settle();
    await bench.desk.act(step);
    announce(done);
    return "";
  } catch (failure) {
    return messageOf(failure);
  }
}

/** The same, told where it was pressed. @param {Bench} bench @param {MarkStep} step @param {string} done @param {Element} place */
async function act(bench, step, done, place) {
  bench.status.say("");
  const refused = await tried(bench, step, done);
  if (refused) bench.complain(refused, place);
  return !refused;
}

/** The whole is chosen at any time, and saved once every line has its mark. @param {Bench} bench @param {Overall} rating */
export async function rate(bench, rating) {
  bench.desk.unsent.whole = rating;
  bench.wholeTrouble = "";
  bench.show();
  await bench.sheet.settle();
  await saveWhole(bench);
}

/** What was chosen of the whole, as far as it may be saved now. @param {Bench} bench */
export async function saveWhole(bench) {
  const rating = bench.desk.unsent.whole;
  if (!rating || bench.savingWhole || decides(bench.desk.state) || missing(bench.desk.state, bench.ids).length) return bench.show();
  bench.savingWhole = true;
  bench.wholeTrouble = await tried(bench, { kind: "overall_given", rating }, `The whole: ${rating}.`);
  bench.savingWhole = false;
  if (!bench.wholeTrouble && bench.desk.unsent.whole === rating) bench.desk.unsent.whole = null;
  bench.show();
  if (!bench.wholeTrouble && bench.desk.unsent.whole) await saveWhole(bench); // another was chosen meanwhile
}

/** What shall stand of the whole once one's own marks are in. @param {Bench} bench @param {Overall} rating @param {string} reason */
export function agree(bench, rating, reason) {
  return tried(bench, { kind: "overall_agreed", rating, reason }, `The whole: ${rating}.`);
}

/** @param {Bench} bench */
export async function accept(bench) {
  const step = { kind: "draft_accepted", dimension: bench.ids[bench.at] ?? "", draft: bench.desk.state.draft?.digest ?? "" };
  if ((await act(bench, step, "The draft's mark is yours.", bench.draft)) && !bench.keys.inTalk) bench.toLine(bench.at);
}

/** @param {Bench} bench */
export async function close(bench) {
  const place = bench.side.querySelector("#mark-close") ?? bench.side;
  const left = await bench.sheet.settle();
  if (left) return bench.complain(left, place);
  await saveWhole(bench);
  if (await act(bench, { kind: "sheet_closed" }, "Your marks are in. The draft is beside them. s leads to the signature.", place)) bench.toLine(0);
}

/** What was marked stays in the history, and counts no more. @param {Bench} bench */
export async function giveUp(bench) {
  const { desk } = bench;
  await bench.sheet.settle();
  const begun = desk.state.sheets.some((each) => each.mine);
  if (begun && !(await act(bench, { kind: "sheet_withdrawn" }, "Your marks count no more.", bench.side))) return;
  desk.unsent.lines.clear();
  desk.unsent.whole = null;
  location.hash = to.grading(bench.near.here?.assignment_id);
}

/** @param {Bench} bench */
export async function keepAsExample(bench) {
  try {
    await grading.calibrationSet(bench.desk.id, true);
    bench.after.append(bench.status.element);
    bench.status.say("It is in the calibration set of the course: new graders mark it blind first.");
  } catch (failure) {
    bench.complain(messageOf(failure), bench.after);
  }
}
