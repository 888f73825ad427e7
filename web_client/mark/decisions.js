// The lines once one's own marks are in: decided in sight of the draft, agreed with others, and signed.

import { announce } from "../app/announcer.js";
import { h, say } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { comesTo, decideLine, firstThought, stepOf, task } from "./decide_line.js";
import { focusIn } from "./own_sheet.js";
import { signing } from "./signing.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./decide_line.js").Thought} Thought */

/**
 * @param {Desk} desk
 * @param {{talk: ReturnType<typeof import("./talk.js").talk>, entered: (at: number) => void}} host
 */
export function decisions(desk, host) {
  const { rubric } = desk.page;
  const lines = h("div", { class: "stack" });
  const foot = h("div", { class: "stack" });
  const error = h("p", { class: "error", role: "alert" });
  const content = h("div", { class: "stack mark-sheet" }, lines, foot);
  /** Not sent yet. @type {Map<string, Thought>} */
  const thoughts = new Map();

  /** @param {string} dimension */
  const thought = (dimension) => thoughts.get(dimension) ?? firstThought(desk.state, dimension);

  /** @param {import("../types/api.js").MarkStep} step @param {string} done */
  async function act(step, done) {
    say(error, "");
    try {
      await desk.act(step);
      if (typeof step["dimension"] === "string") thoughts.delete(step["dimension"]);
      render();
      announce(done);
    } catch (failure) {
      render();
      complain(step["dimension"], messageOf(failure));
    }
  }

  /** Beside what was refused, where whoever marks is looking. @param {unknown} dimension empty: the foot @param {string} message */
  function complain(dimension, message) {
    const line = typeof dimension === "string" ? lines.querySelector(`#mark-${CSS.escape(dimension)}`) : null;
    (line ?? foot).append(error);
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

  /** Drawn again as a whole; what had the focus has it again. */
  function render() {
    const focused = document.activeElement?.id ?? "";
    lines.replaceChildren(...rubric.dimensions.map((dimension, at) => line(dimension, at)));
    foot.replaceChildren(signing(desk.state, { name: nameOf, signer: desk.typed, account: desk.state.account || (desk.state.staff && desk.state.name !== ""), sign: (name) => void act({ kind: "signed", name, draft: desk.state.draft?.digest ?? "" }, "Signed."), reopen: (reason) => void act({ kind: "reopened", reason }, "Open again.") }));
    if (focused && content.querySelector(`#${CSS.escape(focused)}`)) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  /** @param {import("../types/api.js").Dimension} dimension @param {number} at */
  function line(dimension, at) {
    return decideLine(dimension, rubric, desk.state, thought(dimension.id), {
      think: (next) => think(dimension.id, next),
      keep: (next) => thoughts.set(dimension.id, next),
      send: () => void send(dimension.id),
      accept: () => void accept(dimension.id),
      entered: () => host.entered(at),
      show: host.talk.show,
      number: host.talk.number,
    });
  }

  /** @param {string} id */
  const nameOf = (id) => rubric.dimensions.find((each) => each.id === id)?.name ?? id;
  /** @param {number} at */
  const element = (at) => content.querySelector(`#mark-${CSS.escape(rubric.dimensions[at]?.id ?? "")}`);
  render();

  return {
    content,
    render,
    settle: async () => "",
    unsaved: () => [...thoughts.values()].some((each) => each.reason.trim() !== ""),
    retry: () => undefined,
    leave: () => undefined,
    count: rubric.dimensions.length,
    /** @param {number} at */
    current(at) {
      for (const [place, each] of [...lines.children].entries()) each.classList.toggle("current", place === at);
      const held = desk.state.values.find((each) => each.dimension === rubric.dimensions[at]?.id);
      host.talk.mark(held?.evidence ?? []);
    },
    focus: (/** @type {number} */ at) => focusIn(element(at)),
    toEnd: () => focusIn(foot.querySelector("input, button")),
    /** @param {import("./keys.js").Action} action @param {number} at */
    act(action, at) {
      const dimension = rubric.dimensions[at];
      if (!dimension || task(desk.state, dimension.id) === "nothing") return;
      const now = thought(dimension.id);
      if (action.do === "level" && action.level >= rubric.lowest && action.level <= rubric.highest) think(dimension.id, { ...now, status: "rated", level: action.level, refuse: false });
      if (action.do === "declare") think(dimension.id, { ...now, status: action.status, level: null, refuse: false });
      if (action.do === "accept" && task(desk.state, dimension.id) === "draft") return void accept(dimension.id);
      if (action.do === "refuse" && task(desk.state, dimension.id) === "draft") think(dimension.id, { ...now, refuse: true });
      if (action.do !== "quote") focusIn(document.getElementById(`mark-${dimension.id}-reason`));
    },
  };
}
