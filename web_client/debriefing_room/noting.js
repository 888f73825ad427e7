// What the group says, noted live: to a moment, to the whole, and as themes that go on to a reflection board.

import { field } from "../app/parts.js";
import { api } from "../app/api.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";

/** @typedef {import("./keeping.js").Kept} Kept */

const MOST_THEMES = 24;

/** @param {Kept} kept @param {import("./calls.js").Moment} moment @param {number} place */
export function noting(kept, moment, place) {
  const here = area(moment.notes, (text) => { moment.notes = text; }, kept);
  const whole = area(kept.playlist.notes, (text) => { kept.playlist.notes = text; }, kept);
  return h("div", { class: "stack" }, field({ label: `What the group says to moment ${place + 1}`, control: here }).element, field({ label: "What it takes along", control: whole }).element, themes(kept));
}

/** @param {string} text @param {(text: string) => void} take @param {Kept} kept */
function area(text, take, kept) {
  const control = h("textarea", { rows: 3, maxlength: 4000, oninput: () => { take(control.value); kept.changed(); } });
  control.value = text;
  return control;
}

/** @param {Kept} kept */
function themes(kept) {
  const shown = h("ul", { class: "row themes" });
  const control = h("input", { type: "text", maxlength: 60, onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && !event.isComposing) add(); } });
  const board = h("p", { class: "row" });
  const opener = h("button", { class: "button small", type: "button", onclick: () => void open() }, "Open a reflection board with these themes");
  const error = h("p", { class: "error", role: "alert" });

  function show() {
    const { themes: named } = kept.playlist;
    shown.replaceChildren(...named.map((theme) => h("li", { class: "tag" }, theme, " ", h("button", { class: "button small quiet", type: "button", "aria-label": `Take out the theme ${theme}`, onclick: () => set(named.filter((each) => each !== theme)) }, "×"))));
    error.textContent = "";
    board.replaceChildren(kept.playlist.board ? h("a", { class: "button small", href: to.board(kept.playlist.board) }, "To its reflection board") : opener);
  }

  function add() {
    const theme = control.value.trim();
    if (theme && kept.playlist.themes.length >= MOST_THEMES) {
      error.textContent = `There are ${MOST_THEMES} themes, and no more fit. Take one out first.`;
      return;
    }
    control.value = "";
    if (theme && !kept.playlist.themes.includes(theme)) set([...kept.playlist.themes, theme]);
  }

  /** @param {string[]} named */
  function set(named) {
    kept.playlist.themes = named;
    kept.changed();
    show();
    control.focus(); // what was pressed may be gone
  }

  async function open() {
    opener.disabled = true;
    try {
      const made = await api.makeBoard({ title: kept.playlist.title.slice(0, 100), prompt: kept.playlist.notes.slice(0, 1000), themes: kept.playlist.themes.slice(0, 12) });
      kept.playlist.board = made.id;
      kept.changed();
      show();
    } catch (failure) {
      error.textContent = messageOf(failure);
    } finally {
      opener.disabled = false;
    }
  }

  show();
  const entry = field({ label: "A theme that came up", control, hint: "Enter adds it." }).element;
  return h("div", { class: "stack-tight" }, entry, h("p", null, h("button", { class: "button small", type: "button", onclick: add }, "Add the theme")), shown, board, error);
}
