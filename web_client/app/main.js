// The page begins here: it reads the address, shows the screen that it means, and leaves the old one properly.

import { announce } from "./announcer.js";
import { signInAgain } from "./again.js";
import { api, Refused, whenSignedOut } from "./api.js";
import { h } from "./dom.js";
import { route, to } from "./routes.js";
import { forgetWho, shell } from "./shell.js";
import { trouble } from "./trouble.js";
import { cohortsPage } from "../cohort/list.js";
import { cohortPage } from "../cohort/page.js";
import { debriefingsPage } from "../debriefing_room/list.js";
import { debriefingPage } from "../debriefing_room/page.js";
import { proofPage } from "../tasks/proof.js";
import { proofsPage } from "../tasks/proofs.js";
import { housePage } from "../house/page.js";
import { choosingPage } from "../people/choosing.js";
import { accountPage } from "../people/own_account.js";
import { rosterPage } from "../people/roster.js";
import { peoplePage } from "../people/users.js";
import { filePage } from "../author/file.js";
import { filesPage } from "../author/list.js";
import { joinPage } from "../board/door.js";
import { coursePage } from "../courses/course.js";
import { coursesPage } from "../courses/courses.js";
import { againPage } from "../screens/again.js";
import { boardPage } from "../screens/board.js";
import { boardsPage } from "../screens/boards.js";
import { casePage } from "../screens/prebrief.js";
import { encounterPage } from "../screens/encounter.js";
import { lobby } from "../screens/lobby.js";
import { assignmentPage } from "../student/assignment.js";
import { assignmentsPage } from "../student/assignments.js";
import { myDataPage } from "../student/my_data.js";
import { startPage } from "../student/start.js";
import { calibrationPage } from "../grade/calibration.js";
import { gradePage } from "../grade/page.js";
import { gradingPage } from "../grade/queue.js";
import { releasePage } from "../grade/release.js";
import { trialPage } from "../grade/trial.js";
import { markPage } from "../screens/mark.js";
import { tryPage } from "../try/page.js";
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
 *   update?: (route: Route) => boolean, shown?: () => void, outside?: boolean}} Screen
 *   `outside`: for people who need not be signed in
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
    case "grading":
      return gradingPage(where.assignment);
    case "grade":
      return gradePage(where.id);
    case "releasing":
      return releasePage(where.id);
    case "calibration":
      return calibrationPage();
    case "trial":
      return trialPage(where.id);
    case "watch":
      return watchPage(where.id);
    case "try":
      return tryPage(where.what);
    case "courses":
      return coursesPage();
    case "course":
      return coursePage(where.id, where.part, where.which);
    case "write":
      return where.id ? filePage(where.id, where.part) : filesPage();
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
    case "assignments":
      return assignmentsPage();
    case "assignment":
      return assignmentPage(where.id);
    case "my-data":
      return myDataPage();
    case "cases":
      return lobby();
    case "proofs":
      return proofsPage();
    case "proof":
      return proofPage(where.id);
    case "cohorts":
      return cohortsPage();
    case "cohort":
      return cohortPage(where.id);
    case "debriefings":
      return debriefingsPage();
    case "debriefing":
      return debriefingPage(where.id);
    case "house":
      return housePage(where.part);
    case "sign-in":
      return signedOut("");
    case "invitation":
      return choosingPage(where.ticket);
    case "account":
      return accountPage();
    case "people":
      return peoplePage();
    case "roster":
      return rosterPage();
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
    if (error instanceof Refused && error.status) return signedOut(error.message);
    throw error;
  }
  return startPage();
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
  if (!(error instanceof Refused)) console.error(error);
  return { title: "Something went wrong", content: trouble(error), outside: true };
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
window.addEventListener("hashchange", () => void show());
window.addEventListener("pagehide", () => current?.leave?.());
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
void show();
