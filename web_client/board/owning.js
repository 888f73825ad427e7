// What whoever owns a board does with it: give out a code, close it, delete it.

import { announce } from "../app/announcer.js";
import { api } from "../app/api.js";
import { fill, h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { confirmed } from "../screens/dialogs.js";

/** @typedef {import("../types/api.js").Board} Board */

/** @param {Board} board @param {(board: Board) => void} changed */
export function owning(board, changed) {
  const shown = h("div", { class: "board-invitation", hidden: true });
  const error = h("p", { class: "error", role: "alert" });
  const make = h("button", { class: "button primary", type: "button", onclick: () => void attempt(newCode) }, "Make a code");
  const gate = h("button", { class: "button quiet", type: "button", onclick: () => void attempt(openOrClose) });
  const remove = h("button", { class: "button quiet", type: "button", onclick: () => void attempt(drop) }, "Delete this board");
  let now = board;

  /** @param {() => Promise<void>} act */
  async function attempt(act) {
    say(error, "");
    await act().catch((failure) => say(error, messageOf(failure)));
  }

  async function newCode() {
    const made = await api.boardCode(board.id);
    shown.replaceChildren();
    fill(shown, ...codeParts(made));
    shown.hidden = false;
    say(make, "Make another code");
    announce(`The code is ${[...made.code].join(" ")}.`);
  }

  async function openOrClose() {
    changed(await api.openBoard(board.id, !now.open));
    announce(now.open ? "The board is open." : "The board is closed.");
  }

  async function drop() {
    const sure = await confirmed({
      title: "Delete this board?",
      text: [`Everything that anybody wrote on “${board.title}” is deleted for good, and its members are signed out.`],
      yes: "Delete it",
      no: "Keep it",
    });
    if (!sure) return;
    await api.dropBoard(board.id);
    location.hash = to.boards();
  }

  /** @param {Board} board */
  function update(board) {
    now = board;
    say(gate, board.open ? "Close the board" : "Open the board again");
    make.hidden = !board.open;
    shown.hidden = !board.open || !shown.firstChild;
  }

  update(board);
  const content = h(
    "section",
    { class: "card stack", "aria-labelledby": "board-owning" },
    h("h2", { id: "board-owning" }, "This board is yours"),
    h("p", { class: "soft" }, "Everybody comes in with the same code. Another code puts the one before out of use; whoever is in stays in. Closed, the board can be read, and nobody new comes in or posts."),
    shown,
    h("p", { class: "row" }, make, gate, remove),
    error,
  );
  return { content, update };
}

/** Large enough for the last row. @param {import("../types/api.js").BoardCode} made */
function codeParts({ code, address }) {
  const here = ["localhost", "127.0.0.1", "[::1]"].includes(new URL(address).hostname);
  return [
    h("p", { class: "board-where" }, "Open ", h("strong", { class: "board-address" }, address), " and type"),
    h("p", { class: "board-code" }, code),
    here && h("p", { class: "soft" }, "This address is this machine's own: from elsewhere nobody reaches it."),
    h("p", { class: "soft" }, "It is shown this once: leave the page open, or write it down. On this machine you are signed in; members use their own."),
  ];
}
