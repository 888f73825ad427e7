// One reflection board: what is asked for, what one writes, and what the others have written.

import { api, Refused } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { joinPage } from "../board/door.js";
import { remember, wasIn } from "./guest_door.js";
import { POSTING } from "./guest_rooms.js";
import { owning } from "../board/owning.js";
import { postsView } from "../board/posts.js";
import { writing } from "../board/writing.js";
import { confirmed } from "./dialogs.js";

/** @typedef {import("../types/api.js").Board} Board */

/** How often the page looks by itself. */
const AGAIN_MS = 15_000;

/** @param {string} id */
export async function boardPage(id) {
  let board;
  try {
    board = await api.board(id);
  } catch (error) {
    if (error instanceof Refused && error.status === 401 && wasIn(POSTING, id)) return joinPage("Nobody is signed in here, or the sign-in has ended.");
    throw error;
  }
  if (!board.yours) remember(POSTING, id);
  return opened(board);
}

/** @param {Board} board */
async function opened(board) {
  const error = h("p", { class: "error", role: "alert" });
  const told = (/** @type {unknown} */ failure) => say(error, messageOf(failure));
  const name = h("input", { id: "board-name", type: "text", maxlength: 100, autocomplete: "off", placeholder: "Somebody" });
  const posts = postsView(board.id, { name: () => name.value, told });
  const form = writing({ label: "What you write", rows: 6, button: "Post", send: posts.write, hint: "Everybody on this board reads it. Leave out the names of patients." });
  const mine = board.yours ? owning(board, changed) : null;
  const state = h("p", { class: "note" }, "This board is closed: it can be read.");
  const own = h("section", { class: "card stack", "aria-labelledby": "board-write" }, h("h2", { id: "board-write" }, "Write"), h("p", { class: "field" }, h("label", { for: name.id }, "Your name here"), name), form.content);

  /** @param {Board} now */
  function changed(now) {
    state.hidden = now.open;
    own.hidden = !now.open && !form.begun();
    posts.close(!now.open);
    mine?.update(now);
  }

  async function look() {
    changed(await api.board(board.id));
    await posts.read();
    say(error, "");
  }

  changed(board);
  await posts.read();
  const again = h("button", { class: "button quiet", type: "button", onclick: () => void look().catch(told) }, "Look again");
  const content = h("div", { class: "stack-wide board" }, heading(board, state), mine?.content, own, h("p", { class: "row" }, again, h("span", { class: "soft" }, "The page also looks by itself.")), error, posts.content, board.yours ? null : leaving());
  return { title: board.title, content, ...watching(look, told, () => form.begun() || posts.begun()) };
}

/** Looks by itself while it is in sight, and keeps what is half written. @param {() => Promise<void>} look @param {(failure: unknown) => void} told @param {() => boolean} begun */
function watching(look, told, begun) {
  const until = new AbortController();
  const timer = setInterval(() => { if (!document.hidden) void look().catch(ended); }, AGAIN_MS);
  const leave = () => { clearInterval(timer); until.abort(); };
  /** A line that is down for a moment is tried again; a board that is gone is not. @param {unknown} failure */
  function ended(failure) {
    if (!(failure instanceof Refused) || ![401, 403, 404].includes(failure.status)) return;
    told(failure);
    clearInterval(timer);
  }
  window.addEventListener("beforeunload", (event) => { if (begun()) event.preventDefault(); }, { signal: until.signal });
  return { leave };
}

/** @param {Board} board @param {HTMLElement} state */
function heading(board, state) {
  return h(
    "header",
    { class: "stack" },
    h("p", { class: "eyebrow" }, board.yours ? h("a", { href: to.boards() }, "Reflection boards") : "Reflection board"),
    h("h1", null, board.title),
    board.prompt && h("p", { class: "lead board-prompt" }, board.prompt),
    board.themes.length > 0 && h("div", { class: "stack-tight" }, h("p", { class: "soft" }, "Themes of the course. Follow-up questions join them with a sentence of a post, in the same way for everybody; there is no right answer."), h("ul", { class: "row plain" }, ...board.themes.map((theme) => h("li", { class: "tag breakable" }, theme)))),
    state,
  );
}

function leaving() {
  const leave = async () => {
    const sure = await confirmed({ title: "Leave this board?", text: ["What you wrote stays. You can come in again with the code, and can then no longer take back what you wrote before; whoever runs the board can."], yes: "Leave", no: "Stay" });
    if (!sure) return;
    await api.signOut().catch(() => undefined);
    location.hash = to.join();
  };
  return h(
    "section",
    { class: "stack-tight" },
    h("p", { class: "soft" }, "In this browser you stay in for twelve hours, and can take back what you wrote meanwhile. Later, ask whoever runs the board."),
    h("p", null, h("button", { class: "button quiet", type: "button", onclick: () => void leave() }, "Leave this board")),
  );
}
