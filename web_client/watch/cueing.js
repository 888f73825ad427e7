// What may be brought forward, for those who may: one button a moment, and in words why there is none.

import { h, say } from "../app/dom.js";
import { statusLine } from "../app/parts.js";
import { cueName, isSame, newsWords, standing } from "./cue_words.js";

/** @typedef {import("../types/wire.js").Cueable} Cueable */
/** @typedef {import("../types/wire.js").ServerEvent} ServerEvent */

/** @param {(cue: Cueable) => boolean} give false when it could not be sent */
export function cueing(give) {
  /** @type {{cue: Cueable, row: ReturnType<typeof rowOf>}[]} */
  let rows = [];
  const list = h("ul", { class: "rows cue-list" });
  const news = statusLine();
  const content = h(
    "section",
    { class: "stack-tight", "aria-labelledby": "cueing-title", hidden: true },
    h("h2", { id: "cueing-title" }, "Bring a moment forward"),
    h("p", { class: "soft" }, "The patient chooses when: with the next answer it goes with, or in the next quiet. Until then it can be taken back. The learner is not told, and cannot tell. It unlocks nothing, and the report says that it was brought forward."),
    news.element,
    list,
  );

  /** @param {Cueable} cue */
  function ask(cue) {
    news.say(give(cue) ? "Asked for." : "The line is down. Try again when it is back.");
  }

  /** @param {readonly Cueable[]} cues */
  function show(cues) {
    content.hidden = !cues.length;
    rows = cues.map((cue) => {
      const row = rows.find((each) => isSame(each.cue, cue))?.row ?? rowOf(ask);
      row.update(cue);
      return { cue, row };
    });
    const elements = rows.map(({ row }) => row.content);
    if (elements.some((each, at) => list.children[at] !== each)) list.replaceChildren(...elements); // else a button keeps its focus
  }

  /** @param {ServerEvent} event */
  function received(event) {
    if (event.type === "bedside.cues") show(event.cues ?? []);
    if (event.type === "bedside.cued") {
      const about = rows.find(({ cue }) => cue.beat === (event.beat ?? "") && cue.prompt === (event.prompt ?? null));
      if (about) news.say(newsWords(about.cue, event.state ?? ""));
    }
    if (event.type === "error" && event.error?.code === "cannot_cue") news.fail(event.error.message ?? "");
  }

  return { content, received };
}

/** Whether its button does something now. @param {Cueable} cue */
function may(cue) {
  return !cue.why || cue.may_take_back;
}

/** @param {(cue: Cueable) => void} ask */
function rowOf(ask) {
  /** @type {Cueable | null} */
  let now = null;
  const name = h("strong", null);
  const words = h("q", null);
  const where = h("p", { class: "soft cue-standing" });
  const button = h("button", { class: "button small", type: "button", onclick: (/** @type {MouseEvent} */ event) => { if (now && may(now) && event.detail < 2) ask(now); } }); // a double click is one wish

  /** @param {Cueable} cue */
  function update(cue) {
    now = cue;
    say(name, cueName(cue));
    say(words, cue.words);
    say(where, standing(cue));
    // it keeps its place and its focus, and says why it does nothing
    if (may(cue)) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
    const deed = cue.may_take_back ? "Take it back" : "Bring it forward";
    say(button, deed);
    button.setAttribute("aria-label", `${deed}: ${cue.words}${may(cue) ? "" : `. Not now: ${standing(cue)}`}`);
  }

  const content = h("li", { class: "cue-row" }, h("div", null, h("p", null, name), h("p", null, words), where), button);
  return { content, update };
}
