// The lines once one's own marks are in: decided in sight of the draft, agreed with others, and signed.

import { announce } from "../app/announcer.js";
import { h, redraw, say } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { comesTo, decideLine, firstThought, shownOf, stepOf, task, untaken } from "./decide_line.js";
import { focusIn } from "./own_sheet.js";
import { footOf, signing } from "./signing.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./decide_line.js").Thought} Thought */
/** @typedef {import("../types/api.js").Dimension} Dimension */

/**
 * @param {Desk} desk
 * @param {{talk: ReturnType<typeof import("./talk.js").talk>, entered: (at: number) => void}} host
 */
export function decisions(desk, host) {
  const { rubric } = desk.page;
  const lines = rubric.dimensions.map((dimension, at) => h("section", { class: "own-mark mark-line", id: `mark-${dimension.id}`, tabindex: "-1", "aria-labelledby": `mark-${dimension.id}-name`, onfocusin: () => host.entered(at) }));
  const foot = h("div", { class: "stack" });
  const error = h("p", { class: "error", role: "alert" });
  const content = h("div", { class: "stack mark-sheet" }, h("div", { class: "stack" }, ...lines), foot);
  const { thoughts } = desk.unsent;
  /** What is typed at the foot; it outlives a refusal. */
  const typed = { signer: desk.typed, reopen: "" };
  /** Steps that were taken here: a line is drawn again after one. */
  let taken = 0;

  /** @param {string} dimension */
  const thought = (dimension) => thoughts.get(dimension) ?? firstThought(desk.state, dimension);
  /** @param {string} id */
  const nameOf = (id) => rubric.dimensions.find((each) => each.id === id)?.name ?? id;

  /** @param {import("../types/api.js").MarkStep} step @param {string} done */
  async function act(step, done) {
    say(error, "");
    try {
      await desk.act(step);
      taken += 1;
      if (typeof step["dimension"] === "string") thoughts.delete(step["dimension"]);
      if (step.kind === "reopened") typed.reopen = "";
      render();
      announce(done);
    } catch (failure) {
      render();
      complain(step["dimension"], messageOf(failure));
    }
  }

  /** Beside what was refused, where whoever marks is looking. @param {unknown} dimension empty: the foot @param {string} message */
  function complain(dimension, message) {
    (lines.find((each) => each.id === `mark-${dimension}`) ?? foot).append(error);
    say(error, message);
  }

  /** @param {string} dimension */
  function send(dimension) {
    if (comesTo(desk.state, dimension, thought(dimension))) return act(stepOf(desk.state, dimension, thought(dimension)), "Saved.");
    return complain(dimension, `${nameOf(dimension)} is left as it stands. Choose another mark, or accept or refuse the draft.`);
  }

  /** @param {string} dimension */
  function accept(dimension) {
    return act({ kind: "draft_accepted", dimension, draft: desk.state.draft?.digest ?? "" }, "The draft's mark stands.");
  }

  /** @param {string} dimension @param {Thought} now */
  function think(dimension, now) {
    thoughts.set(dimension, now);
    render();
  }

  /** Only what has changed is drawn again; what had the focus has it again, or the line that it was in. */
  function render() {
    const focused = document.activeElement;
    const line = lines.find((each) => each.contains(focused));
    for (const [at, dimension] of rubric.dimensions.entries()) draw(lines[at], dimension);
    redraw(foot, footOf(desk.state, nameOf), () => signing(desk.state, { name: nameOf, typed, account: desk.state.account || (desk.state.staff && desk.state.name !== ""), sign, reopen }));
    if (!focused || focused === document.body || document.contains(focused)) return;
    const again = focused.id ? content.querySelector(`#${CSS.escape(focused.id)}`) : null;
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
    else line?.focus({ preventScroll: true });
  }

  /** @param {HTMLElement | undefined} place @param {Dimension} dimension */
  function draw(place, dimension) {
    if (!place) return;
    const { id } = dimension;
    redraw(place, { taken, ...shownOf(desk.state, id, thought(id)) }, () =>
      decideLine(dimension, rubric, desk.state, thought(id), {
        think: (next) => think(id, next),
        keep: (next) => thoughts.set(id, next),
        send: () => void send(id),
        accept: () => void accept(id),
        show: host.talk.show,
        number: host.talk.number,
      }),
    );
  }

  const sign = () => void act({ kind: "signed", name: typed.signer, draft: desk.state.draft?.digest ?? "" }, "Signed.");
  const reopen = () => void act({ kind: "reopened", reason: typed.reopen }, "Open again.");

  /** A key on one line: what it chooses, and on to the reason. @param {import("./keys.js").Action} action @param {number} at */
  function onKey(action, at) {
    const dimension = rubric.dimensions[at];
    if (!dimension || task(desk.state, dimension.id) === "nothing") return;
    const now = thought(dimension.id);
    if (action.do === "level" && action.level >= rubric.lowest && action.level <= rubric.highest) think(dimension.id, { ...now, status: "rated", level: action.level, refuse: false });
    if (action.do === "declare") think(dimension.id, { ...now, status: action.status, level: null, refuse: false });
    if (action.do === "accept" && task(desk.state, dimension.id) === "draft") return void accept(dimension.id);
    if (action.do === "refuse" && task(desk.state, dimension.id) === "draft") think(dimension.id, { ...now, refuse: true });
    if (action.do !== "quote") focusIn(document.getElementById(`mark-${dimension.id}-reason`));
  }

  render();
  return {
    content,
    render,
    settle: async () => "",
    unsaved: () => untaken(desk.state, thoughts) || typed.reopen.trim() !== "",
    retry: () => undefined,
    leave: () => undefined,
    count: rubric.dimensions.length,
    /** @param {number} at */
    current(at) {
      for (const [place, each] of lines.entries()) each.classList.toggle("current", place === at);
      const held = desk.state.values.find((each) => each.dimension === rubric.dimensions[at]?.id);
      host.talk.mark(held?.evidence ?? []);
    },
    focus: (/** @type {number} */ at) => focusIn(lines[at] ?? null),
    toEnd: () => focusIn(foot.querySelector("input, button")),
    act: onKey,
  };
}
