// The reflection boards of whoever is signed in: the list, and a new one.

import { api } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { whoIsHere } from "../app/shell.js";
import { messageOf } from "../app/trouble.js";
import { counted, themesOf } from "../board/thread.js";

/** @typedef {import("../types/api.js").Board} Board */

export async function boardsPage() {
  const [boards, me] = await Promise.all([api.boards(), whoIsHere()]);
  const makes = Boolean(me?.roles.some((role) => role !== "student"));
  const content = h(
    "div",
    { class: "stack-wide" },
    h("header", { class: "stack" }, h("p", { class: "eyebrow" }, h("a", { href: to.lobby() }, "Cases")), h("h1", null, "Reflection boards"), h("p", { class: "lead" }, "A cohort writes about an encounter, reads each other, and is asked further. Nobody is marked here, and no score is shown.")),
    existing(boards, makes),
    makes ? newBoard() : comeIn(),
  );
  return { title: "Reflection boards", content };
}

/** Whoever has no account comes in without signing in; the page is the same. */
function comeIn() {
  return h("p", null, h("a", { class: "button", href: to.join() }, "Come in with a code"));
}

/** @param {Board[]} boards @param {boolean} makes whether they may make one */
function existing(boards, makes) {
  const none = makes ? "There is none yet. Make one below, and give your cohort its code." : "There is none yet. Whoever runs a board gives you its code.";
  const body = boards.length ? h("ul", { class: "rows" }, ...boards.map(row)) : h("p", { class: "empty" }, none);
  return h("section", { class: "stack", "aria-labelledby": "boards" }, h("h2", { id: "boards" }, "Your boards"), body);
}

/** @param {Board} board */
function row(board) {
  const words = [board.yours ? "yours" : "", board.open ? "open" : "closed", counted(board.posts, "post", "posts")].filter(Boolean).join(" · ");
  return h("li", { class: "row-item" }, h("div", null, h("strong", null, board.title), h("p", { class: "soft" }, words)), h("a", { class: "button quiet", href: to.board(board.id), "aria-label": `Open ${board.title}` }, "Open"));
}

function newBoard() {
  const title = h("input", { id: "new-title", type: "text", maxlength: 100, required: true, autocomplete: "off" });
  const prompt = h("textarea", { id: "new-prompt", rows: 3, maxlength: 1000 });
  const themes = h("input", { id: "new-themes", type: "text", maxlength: 700, autocomplete: "off", placeholder: "silence, bad news, honesty", "aria-describedby": "new-themes-hint" });
  const error = h("p", { class: "error", role: "alert" });

  async function make() {
    say(error, "");
    try {
      const board = await api.makeBoard({ title: title.value, prompt: prompt.value, themes: themesOf(themes.value) });
      location.hash = to.board(board.id);
    } catch (failure) {
      say(error, messageOf(failure));
    }
  }

  return h(
    "section",
    { class: "card stack", "aria-labelledby": "new-board" },
    h("h2", { id: "new-board" }, "A new board"),
    h(
      "form",
      { class: "stack", onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); void make(); } },
      h("p", { class: "field" }, h("label", { for: title.id }, "Title"), title),
      h("p", { class: "field" }, h("label", { for: prompt.id }, "What they are asked to write about"), prompt),
      h("p", { class: "field" }, h("label", { for: themes.id }, "Themes of the course, separated by commas"), themes, h("span", { class: "soft", id: "new-themes-hint" }, "At most twelve. Follow-up questions join a sentence of a post with one of them; without themes nothing is asked, and they cannot be changed later.")),
      error,
      h("p", null, h("button", { class: "button primary", type: "submit" }, "Make the board")),
    ),
  );
}
