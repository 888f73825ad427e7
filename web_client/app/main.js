// The page begins here: it reads the address, shows the screen that it means, and leaves the old one properly.

import { announce } from "./announcer.js";
import { api, Refused } from "./api.js";
import { h } from "./dom.js";
import { route, to } from "./routes.js";
import { trouble } from "./trouble.js";
import { joinPage } from "../board/door.js";
import { againPage } from "../screens/again.js";
import { boardPage } from "../screens/board.js";
import { boardsPage } from "../screens/boards.js";
import { casePage } from "../screens/prebrief.js";
import { encounterPage } from "../screens/encounter.js";
import { lobby } from "../screens/lobby.js";
import { markPage } from "../screens/mark.js";
import { reflectionPage } from "../screens/reflection.js";
import { reportPage } from "../screens/report.js";
import { signedOut } from "../screens/signed_out.js";
import { watchPage } from "../screens/watch.js";
import { enter, onlyHere, turnedAway } from "../screens/guest_door.js";
import { MARKING, POSTING, WATCHING } from "../screens/guest_rooms.js";

/** @typedef {import("./routes.js").Route} Route */
/**
 * What a screen gives back: its content, and what to do when the address changes.
 * @typedef {{title: string, content: HTMLElement, wide?: boolean, leave?: () => void,
 *   update?: (route: Route) => boolean, shown?: () => void}} Screen
 */

/** @type {Screen | null} */
let current = null;
let visit = 0;

/**
 * @param {Route} where
 * @returns {Promise<Screen>}
 */
async function screenFor(where) {
  switch (where.name) {
    case "ticket":
      if (where.mark) return markWith(where.ticket, where.mark);
      return where.watch ? watchWith(where.ticket, where.watch) : signIn(where.ticket);
    case "mark":
      return markPage(where.id);
    case "watch":
      return watchPage(where.id);
    case "boards":
      return boardsPage();
    case "board":
      return boardPage(where.id);
    case "join":
      return joinPage();
    case "case":
      return casePage(where.id);
    case "encounter":
      return encounterPage(where.id);
    case "reflection":
      return reflectionPage(where.id);
    case "report":
      return reportPage(where.id, where.turn);
    case "again":
      return againPage(where.id, where.turn);
    case "unknown":
      return { title: "Not found", content: trouble(new Refused(404, "", "There is no such page here.")) };
    default:
      return lobby();
  }
}

/**
 * A start link: trade its ticket for a cookie, and take the ticket out of the address and the history.
 * @param {string} ticket
 */
async function signIn(ticket) {
  history.replaceState(null, "", "#/");
  try {
    await api.signIn(ticket);
  } catch (error) {
    if (error instanceof Refused && error.status) return signedOut(error.message);
    throw error;
  }
  return lobby();
}

/** The same for an invitation to watch. @param {string} ticket @param {string} id of the encounter */
async function watchWith(ticket, id) {
  history.replaceState(null, "", to.watch(id));
  const why = await enter(WATCHING, ticket, id);
  return why ? turnedAway(WATCHING, why) : watchPage(id);
}

/** The same for an invitation to mark. @param {string} ticket @param {string} id of the encounter */
async function markWith(ticket, id) {
  history.replaceState(null, "", to.mark(id));
  const why = await enter(MARKING, ticket, id);
  return why ? turnedAway(MARKING, why) : markPage(id);
}

async function show() {
  const where = route(location.hash);
  if (current?.update?.(where)) return;
  current?.leave?.();
  current = null;
  const mine = ++visit;
  const screen = await screenFor(where).catch(failed);
  if (mine !== visit) return screen.leave?.();
  current = screen;
  place(screen);
}

/**
 * @param {unknown} error
 * @returns {Screen}
 */
function failed(error) {
  if (error instanceof Refused && error.status === 401) return signedOut("");
  if (error instanceof Refused && error.code === "observers_only_watch") return onlyHere(WATCHING);
  if (error instanceof Refused && error.code === "markers_only_mark") return onlyHere(MARKING);
  if (error instanceof Refused && error.code === "members_only_post") return onlyHere(POSTING);
  if (!(error instanceof Refused)) console.error(error);
  return { title: "Something went wrong", content: trouble(error) };
}

/** @param {Screen} screen */
function place(screen) {
  const main = document.getElementById("screen") ?? document.body;
  main.replaceChildren(h("div", { class: screen.wide ? "page page-wide" : "page" }, screen.content));
  document.title = `${screen.title} - Bedside`;
  const heading = main.querySelector("h1");
  if (heading) {
    heading.setAttribute("tabindex", "-1");
    heading.focus({ preventScroll: true });
  }
  window.scrollTo(0, 0);
  announce(screen.title);
  screen.shown?.();
}

document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("screen")?.focus();
});
window.addEventListener("hashchange", () => void show());
window.addEventListener("pagehide", () => current?.leave?.());
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
void show();
