// The page begins here: it reads the address, shows the screen that it means, and leaves the old one properly.

import { announce } from "./announcer.js";
import { signInAgain } from "./again.js";
import { api, Refused, unfetched, unreachable, whenSignedOut } from "./api.js";
import { h } from "./dom.js";
import { listenToTabs } from "./elsewhere.js";
import { opening } from "./opening.js";
import { route, to } from "./routes.js";
import { atTheDoor, forgetWho, shell, whoWasHere } from "./shell.js";
import { toast } from "./parts.js";
import { messageOf, trouble } from "./trouble.js";
import { startPage } from "../student/start.js";
import { signedOut } from "../screens/signed_out.js";
import { enter, onlyHere, turnedAway } from "../screens/guest_door.js";
import { MARKING, POSTING, WATCHING } from "../screens/guest_rooms.js";

/** @typedef {import("./routes.js").Route} Route */
/**
 * What a screen gives back: its content, and what to do when the address changes.
 * @typedef {{title: string, content: HTMLElement, wide?: boolean, leave?: () => void,
 *   update?: (route: Route) => boolean, shown?: () => void, outside?: boolean}} Screen
 *   `outside`: for people who need not be signed in
 */

/** @type {Screen | null} */
let current = null;
let visit = 0;

/** Shown also while nobody is signed in. @type {readonly Route["name"][]} */
const WITHOUT = ["ticket", "invitation", "sign-in", "join", "unknown", "watch", "mark", "board"]; // who was invited is told why they are out

/**
 * Whoever is not known yet is asked for first, so that nobody's page asks for nothing else.
 * @param {Route} where
 * @returns {Promise<Screen>}
 */
async function opened(where) {
  if (WITHOUT.includes(where.name) || whoWasHere()) return screenFor(where);
  const door = await atTheDoor();
  return door.me ? screenFor(where) : signedOut(door.why, door);
}

/**
 * A room's modules are fetched when it is first entered: a learner's telephone loads none of the graders' pages.
 * @param {Route} where
 * @returns {Promise<Screen>}
 */
async function screenFor(where) {
  switch (where.name) {
    case "ticket":
      if (where.mark) return markWith(where.ticket, where.mark);
      return where.watch ? watchWith(where.ticket, where.watch) : signIn(where.ticket);
    case "mark":
      return (await import("../screens/mark.js")).markPage(where.id);
    case "grading":
      return (await import("../grade/queue.js")).gradingPage(where.assignment);
    case "grade":
      return (await import("../grade/page.js")).gradePage(where.id);
    case "releasing":
      return (await import("../grade/release.js")).releasePage(where.id);
    case "calibration":
      return (await import("../grade/calibration.js")).calibrationPage();
    case "trial":
      return (await import("../grade/trial.js")).trialPage(where.id);
    case "running":
      return (await import("../watch/running.js")).runningPage();
    case "watch":
      return (await import("../screens/watch.js")).watchPage(where.id);
    case "try":
      return (await import("../try/page.js")).tryPage(where.what);
    case "courses":
      return (await import("../courses/courses.js")).coursesPage();
    case "course":
      return (await import("../courses/course.js")).coursePage(where.id, where.part, where.which);
    case "write":
      return where.id ? (await import("../author/file.js")).filePage(where.id, where.part) : (await import("../author/list.js")).filesPage();
    case "boards":
      return (await import("../screens/boards.js")).boardsPage();
    case "board":
      return (await import("../screens/board.js")).boardPage(where.id);
    case "join":
      return (await import("../board/door.js")).joinPage();
    case "case":
      return (await import("../screens/prebrief.js")).casePage(where.id);
    case "encounter":
      return (await import("../screens/encounter.js")).encounterPage(where.id);
    case "reflection":
      return (await import("../screens/reflection.js")).reflectionPage(where.id);
    case "report":
      return (await import("../screens/report.js")).reportPage(where.id, where.turn);
    case "again":
      return (await import("../screens/again.js")).againPage(where.id, where.turn);
    case "assignments":
      return (await import("../student/assignments.js")).assignmentsPage();
    case "assignment":
      return (await import("../student/assignment.js")).assignmentPage(where.id, where.instead);
    case "my-data":
      return (await import("../student/my_data.js")).myDataPage();
    case "cases":
      return (await import("../screens/lobby.js")).lobby();
    case "proofs":
      return (await import("../tasks/proofs.js")).proofsPage();
    case "proof":
      return (await import("../tasks/proof.js")).proofPage(where.id);
    case "cohorts":
      return (await import("../cohort/list.js")).cohortsPage();
    case "cohort":
      return (await import("../cohort/page.js")).cohortPage(where.id);
    case "debriefings":
      return (await import("../debriefing_room/list.js")).debriefingsPage();
    case "debriefing":
      return (await import("../debriefing_room/page.js")).debriefingPage(where.id);
    case "house":
      return (await import("../house/page.js")).housePage(where.part);
    case "sign-in":
      return signedOut("");
    case "invitation":
      return (await import("../people/choosing.js")).choosingPage(where.ticket);
    case "account":
      return (await import("../people/own_account.js")).accountPage();
    case "people":
      return (await import("../people/users.js")).peoplePage();
    case "roster":
      return (await import("../people/roster.js")).rosterPage();
    case "unknown":
      return { title: "Not found", content: trouble(new Refused(404, "", "There is no such page here.")), outside: true };
    default:
      return startPage();
  }
}

/**
 * A start link: trade its ticket for a cookie, and take the ticket out of the address and the history.
 * @param {string} ticket
 */
async function signIn(ticket) {
  history.replaceState(null, "", "#/");
  forgetWho();
  try {
    await api.signIn(ticket);
  } catch (error) {
    if (!(error instanceof Refused) || !error.status) throw error;
    const door = await atTheDoor();
    if (error.code === "signed_in_here") toast(error.message);
    return door.me ? startPage() : signedOut(error.message, door); // a used link is no matter for whoever is in
  }
  return startPage();
}

/** The same for an invitation to watch. @param {string} ticket @param {string} id of the encounter */
async function watchWith(ticket, id) {
  history.replaceState(null, "", to.watch(id));
  const why = await enter(WATCHING, ticket, id);
  return why ? turnedAway(WATCHING, why) : (await import("../screens/watch.js")).watchPage(id);
}

/** The same for an invitation to mark. @param {string} ticket @param {string} id of the encounter */
async function markWith(ticket, id) {
  history.replaceState(null, "", to.mark(id));
  const why = await enter(MARKING, ticket, id);
  return why ? turnedAway(MARKING, why) : (await import("../screens/mark.js")).markPage(id);
}

async function show() {
  const where = route(location.hash);
  if (current?.update?.(where)) return;
  current?.leave?.();
  current = null;
  const mine = ++visit;
  const screen = await opened(where).catch(failed).finally(opening());
  if (mine === visit) await shell(where.name, Boolean(screen.outside));
  if (mine !== visit) return screen.leave?.();
  current = screen;
  place(screen);
}

/**
 * @param {unknown} error
 * @returns {Screen | Promise<Screen>}
 */
function failed(error) {
  if (error instanceof Refused && error.status === 401) return nobody(error.code === "account_closed" ? error.message : "");
  if (error instanceof Refused && error.code === "observers_only_watch") return onlyHere(WATCHING);
  if (error instanceof Refused && error.code === "markers_only_mark") return onlyHere(MARKING);
  if (error instanceof Refused && error.code === "members_only_post") return onlyHere(POSTING);
  const reason = unfetched(error) ? unreachable() : error;
  if (!(reason instanceof Refused)) console.error(reason);
  return { title: "Something went wrong", content: trouble(reason), outside: true };
}

/** @param {string} why */
function nobody(why) {
  forgetWho();
  return signedOut(why);
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
whenSignedOut(signInAgain);
listenToTabs(whoWasHere);
window.addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Refused)) return; // a fault of ours: the console says where
  event.preventDefault();
  toast(messageOf(event.reason));
});
window.addEventListener("hashchange", () => void show());
window.addEventListener("pagehide", () => current?.leave?.());
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
void show();
