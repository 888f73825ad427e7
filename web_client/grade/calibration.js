// How far graders, oneself and the draft agree: what `bedside calibrate` computes, of the courses on whose staff one is.

import { h } from "../app/dom.js";
import { emptyState, pageHead, section, statusLine, table } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { boxes, figureWords, followsWords, two } from "./agreement.js";
import { grading } from "./calls.js";
import { inForce } from "./in_force.js";
import { trials } from "./trials.js";

/** @typedef {import("./agreement.js").Calibration} Calibration */
/** @typedef {import("./agreement.js").Findings} Findings */

export async function calibrationPage() {
  const body = h("div", { class: "stack-wide", "aria-live": "off" });
  const status = statusLine();
  const first = await grading.calibration("");

  /** @param {Calibration} found */
  function show(found) {
    body.replaceChildren(found.findings ? figures(found, found.findings) : nothing(found), inForce(found, () => read(found.rubric)));
  }

  /** What is chosen meanwhile is shown, not what answers last. @param {string} rubric */
  async function read(rubric) {
    const found = await grading.calibration(rubric);
    if (box.value === rubric) show(found);
  }

  async function choose() {
    status.say("Counting …");
    try {
      await read(box.value);
      status.say("");
    } catch (failure) {
      status.fail(messageOf(failure));
    }
  }

  const box = h("select", { id: "which-rubric", onchange: () => void choose() }, ...first.rubrics.map((each) => h("option", { value: each.id, selected: each.id === first.rubric }, `${each.title}, ${each.version}`)));
  show(first);
  const content = h(
    "div",
    { class: "stack-wide" },
    pageHead({ title: "Calibration", lead: "Graders are measured against each other, and the draft against them, on transcripts that two or more marked before seeing anything." }),
    first.rubrics.length > 1 && h("div", { class: "field" }, h("label", { for: box.id }, "Rubric"), box, status.element),
    await trials(),
    body,
  );
  return { title: "Calibration", content, wide: true };
}

/** @param {Calibration} found */
function nothing({ least, enough }) {
  return emptyState({
    title: "No transcript was marked by two people yet",
    text: `Ask for second marking in an assignment, or let two people mark the same transcripts. From ${least} on there are figures here, from ${enough} on they decide something.`,
  });
}

/** @param {Calibration} found @param {Findings} findings */
function figures(found, findings) {
  const name = (/** @type {string} */ rater) => (rater === found.you ? `You (${rater})` : rater === "draft" ? "the draft" : rater);
  return h(
    "div",
    { class: "stack-wide" },
    h("p", null, `${findings.transcripts} ${findings.transcripts === 1 ? "transcript" : "transcripts"}, ${findings.raters.length} graders. Below ${found.least} nothing is shown, below ${found.enough} nothing is decided.`, found.unreadable ? ` ${found.unreadable} could not be read and are left out.` : ""),
    section("Agreement, line by line", agreement(found, findings), h("p", { class: "soft" }, "Quadratic-weighted kappa with 95 % intervals; 0 is chance. The constant answer gives every transcript the commonest level: a rater that cannot beat it reads nothing. Bias is the draft less faculty, in levels.")),
    section("How graders spread", ...spread(found, findings, name)),
    section("Drift", drift(findings, name)),
    section("What it cannot say", h("p", null, "It is about these transcripts, these people and this version of the rubric. It does not say who is right: two graders can agree and both be wrong.")),
  );
}

/** @param {Calibration} found @param {Findings} findings */
function agreement({ enough }, { dimensions }) {
  return table({
    caption: "By line of the rubric",
    rows: dimensions,
    columns: [
      { head: "Line", names: true, cell: (each) => each.name },
      { head: "Transcripts", number: true, cell: (each) => each.counted.compared },
      { head: "Graders with each other", cell: (each) => figureWords(each.faculty.kappa) || "nothing is said" },
      { head: "Draft with graders", cell: (each) => figureWords(each.draft?.kappa) || "nothing is said" },
      { head: "Constant answer", cell: (each) => (each.constant ? `${figureWords(each.constant.kappa)}, always ${each.constant_level}` : "nothing is said") },
      { head: "Bias of the draft", cell: (each) => figureWords(each.draft?.bias) || "nothing is said" },
      { head: "What follows", cell: (each) => followsWords(each, enough) },
    ],
  });
}

/** @param {Calibration} found @param {Findings} findings @param {(rater: string) => string} name */
function spread({ least, named }, { leniency }, name) {
  const drawn = leniency.filter((each) => each.box);
  const why = named ? "" : " Names are shown to you alone for yourself, and to whoever leads the course.";
  return [
    h("p", { class: "soft" }, `Each grader's marks less those of the others on the same transcripts, from ${least} on. In order of name, never of strictness.${why}`),
    drawn.length > 0 && boxes(drawn, name),
    table({
      caption: "Each grader less the other people",
      rows: leniency,
      columns: [
        { head: "Grader", names: true, cell: (each) => name(each.rater) },
        { head: "Transcripts", number: true, cell: (each) => each.n },
        { head: "Mean", cell: (each) => figureWords(each.mean) || `fewer than ${least}` },
        { head: "Middle half", cell: (each) => (each.box ? `${two(each.box.lower)} to ${two(each.box.upper)}` : "") },
        { head: "All", cell: (each) => (each.box ? `${two(each.box.lowest)} to ${two(each.box.highest)}` : "") },
      ],
    }),
  ];
}

/** @param {Findings} findings @param {(rater: string) => string} name */
function drift({ drift: rows }, name) {
  return table({
    caption: "Levels that a grader's distance from the others moved by, first transcript to last",
    rows,
    columns: [
      { head: "Grader", names: true, cell: (each) => name(each.rater) },
      { head: "Transcripts with a time", number: true, cell: (each) => each.timed_n },
      { head: "Moved", cell: (each) => figureWords(each.slope) || "too few" },
    ],
  });
}
