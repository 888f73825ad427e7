// One's own sheet, line by line, kept as it grows, until it is closed.

import { h } from "../app/dom.js";
import { isBlank, markWords } from "./line.js";
import { Saver } from "./saver.js";
import { sheetLine } from "./sheet_line.js";
import { closing } from "./signing.js";

/** @typedef {import("./desk.js").Desk} Desk */

/**
 * @param {Desk} desk
 * @param {{talk: ReturnType<typeof import("./talk.js").talk>, entered: (at: number) => void, close: () => void, giveUp: (() => void) | null}} host
 */
export function ownSheet(desk, host) {
  const { rubric } = desk.page;
  const saver = new Saver({
    send: (dimension, mark) => desk.mark(dimension, mark),
    reload: () => desk.reload(),
    kept: (dimension) => desk.kept(dimension),
    told: (dimension, saved, error) => lines.find((each) => each.id === dimension)?.told(saved, error, markWords(kept(dimension), rubric.highest)),
  }, { pending: desk.unsent.lines });
  desk.unsent.stop = () => saver.stop();
  const lines = rubric.dimensions.map((dimension, at) =>
    sheetLine(dimension, rubric, desk.unsent.lines.get(dimension.id)?.mark ?? desk.kept(dimension.id), {
      changed: (mark) => { saver.change(dimension.id, mark); host.talk.mark(mark.evidence); },
      quote: () => quote(at),
      insist: () => void saver.insist(dimension.id),
      entered: () => host.entered(at),
      show: host.talk.show,
      number: host.talk.number,
    }),
  );

  /** @param {string} dimension */
  function kept(dimension) {
    const { status, level } = desk.kept(dimension);
    return { status: status || "none", level };
  }

  /** @param {number} at */
  function quote(at) {
    const chosen = host.talk.chosen();
    if (!chosen) return;
    lines[at]?.quote(chosen.turn, chosen.quote);
    host.talk.clear();
  }

  saver.resume();

  const content = h("div", { class: "stack mark-sheet" }, ...lines.map((each) => each.content), closing(host));
  return {
    content,
    /** Everything that can be saved is; says what cannot. @returns {Promise<string>} empty when all is saved */
    async settle() {
      await saver.flush();
      const left = lines.filter((each) => saver.pending.has(each.id) && !isBlank(each.mark()));
      return left.length ? `Not saved yet: ${left.map((each) => rubric.dimensions.find((one) => one.id === each.id)?.name ?? each.id).join(", ")}.` : "";
    },
    unsaved: () => lines.some((each) => saver.pending.has(each.id) && !isBlank(each.mark())),
    retry: () => void saver.again(),
    /** What can be sent goes on being tried, also when the page is another one. */
    leave: () => void saver.again(),
    count: lines.length,
    /** @param {number} at */
    current(at) {
      for (const [place, each] of lines.entries()) each.current(place === at);
      host.talk.mark(lines[at]?.mark().evidence ?? []);
    },
    focus: (/** @type {number} */ at) => lines[at]?.focus(),
    toEnd: () => focusIn(content.querySelector("#mark-close button")),
    /** @param {import("./keys.js").Action} action @param {number} at */
    act(action, at) {
      const line = lines[at];
      if (!line) return;
      if (action.do === "level") line.level(action.level);
      if (action.do === "declare") line.declare(action.status);
      if (action.do === "comment") line.comment();
      if (action.do === "quote") quote(at);
    },
  };
}

/** @param {Element | null} element */
export function focusIn(element) {
  if (!(element instanceof HTMLElement)) return;
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
}
