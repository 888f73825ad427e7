// The REST API, one function a resource. A failure becomes a `Refused` whose message a person can act on.

/** @typedef {import("../types/api.js").CaseCard} CaseCard */
/** @typedef {import("../types/api.js").CaseBriefing} CaseBriefing */
/** @typedef {import("../types/api.js").EncounterView} EncounterView */
/** @typedef {import("../types/api.js").EncounterCard} EncounterCard */
/** @typedef {import("../types/api.js").Health} Health */
/** @typedef {import("../types/api.js").ReflectionForm} ReflectionForm */
/** @typedef {import("../types/api.js").Scorecard} Scorecard */
/** @typedef {import("../types/api.js").CarriedOver} CarriedOver */
/** @typedef {import("../types/api.js").Comparison} Comparison */
/** @typedef {import("../types/api.js").Correction} Correction */
/** @typedef {import("../types/api.js").Proposal} Proposal */
/** @typedef {import("../types/api.js").Invitation} Invitation */
/** @typedef {import("../types/api.js").Onlooker} Onlooker */
/** @typedef {import("../types/api.js").Sheet} Sheet */
/** @typedef {import("../types/api.js").Watching} Watching */
/** @typedef {import("../types/api.js").Appeal} Appeal */
/** @typedef {import("../types/api.js").Marker} Marker */
/** @typedef {import("../types/api.js").MarkerInvitation} MarkerInvitation */
/** @typedef {import("../types/api.js").MarkingPage} MarkingPage */
/** @typedef {import("../types/api.js").MarkingState} MarkingState */
/** @typedef {import("../types/api.js").Board} Board */
/** @typedef {import("../types/api.js").Post} Post */

export class Refused extends Error {
  /**
   * @param {number} status HTTP status; 0 when the server was not reached
   * @param {string} code
   * @param {string} message
   * @param {string} [field] what of the request was refused, dotted
   */
  constructor(status, code, message, field = "") {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

export function unreachable() {
  return new Refused(0, "unreachable", "Bedside does not answer. Is it still running on your machine?");
}

/** Whether a room's modules could not be fetched; every browser says it in words of its own. @param {unknown} error */
export function unfetched(error) {
  return error instanceof TypeError && /dynamically imported module|importing a module script/i.test(error.message);
}

/**
 * The sentence inside an error body, in whichever of the two shapes it comes.
 * @param {any} body
 * @param {number} status
 */
export function refusal(body, status) {
  const inner = body?.error ?? body?.detail ?? body;
  const message = typeof inner === "string" ? inner : (inner?.message ?? "");
  return new Refused(status, inner?.code ?? "", message || `The server answered ${status}.`, inner?.field ?? "");
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function ask(method, path, body) {
  if (shut && method !== "GET") throw shut;
  try {
    return await asked(method, path, body);
  } catch (failure) {
    if (!(failure instanceof Refused) || failure.status !== 401 || WAYS_IN.includes(path) || !(await again(method, failure))) throw failure;
  }
  return asked(method, path, body);
}

/** What somebody who is not signed in may ask: a 401 is an answer there. */
const WAYS_IN = ["/api/sign-in", "/api/tickets", "/api/invitations", "/api/sign-out"];

/** Why this page sends nothing any more. @type {Refused | null} */
let shut = null;

/** Until it is reloaded: it reads, and changes nothing. @param {Refused} why */
export function sendNoMore(why) {
  shut = why;
}

/** @type {(method: string, refused: Refused) => Promise<boolean>} */
let again = async () => false;

/** Who asks for the sign-in that has ended; true: the request is sent once more. @param {typeof again} handler */
export function whenSignedOut(handler) {
  again = handler;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
async function asked(method, path, body) {
  /** @type {Record<string, string>} */
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  const content = body === undefined ? null : JSON.stringify(body);
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: content, credentials: "same-origin" });
  } catch {
    throw unreachable();
  }
  if (answer.status === 204) return null;
  const parsed = await answer.json().catch(() => null);
  if (!answer.ok) throw refusal(parsed, answer.status);
  return parsed;
}

const part = encodeURIComponent;

/** @param {any} answer a bare list, or one inside an object */
function listed(answer, /** @type {string} */ name) {
  return Array.isArray(answer) ? answer : (answer?.[name] ?? []);
}

export const api = {
  /** @param {string} ticket */
  signIn: (ticket) => ask("POST", "/api/tickets", { ticket }),
  signOut: () => ask("POST", "/api/sign-out"),
  /** @returns {Promise<import("./pages.js").Me>} */
  me: () => ask("GET", "/api/me"),
  /** @returns {Promise<Health>} */
  health: () => ask("GET", "/api/health"),
  /** @returns {Promise<CaseCard[]>} */
  cases: async () => listed(await ask("GET", "/api/cases"), "cases"),
  /** As this encounter has it, whatever became of it since. @returns {Promise<CaseBriefing>} */
  caseOf: (/** @type {string} */ encounter) => ask("GET", `/api/encounters/${part(encounter)}/case`),
  /** @returns {Promise<CaseBriefing>} */
  case: (/** @type {string} */ id, /** @type {string} */ variant = "") =>
    ask("GET", `/api/cases/${part(id)}${variant && `?variant=${part(variant)}`}`),
  /** @returns {Promise<CarriedOver>} */
  carried: (/** @type {string} */ id) => ask("GET", `/api/cases/${part(id)}/carried`),
  /** @param {string} id of a case */
  forgetCarried: (id) => ask("DELETE", `/api/cases/${part(id)}/carried`),
  /** @returns {Promise<EncounterCard[]>} */
  encounters: async () => listed(await ask("GET", "/api/encounters"), "encounters"),
  /** @returns {Promise<EncounterView>} */
  encounter: (/** @type {string} */ id) => ask("GET", `/api/encounters/${part(id)}`),
  /** @returns {Promise<{id: string, realtime_url: string}>} */
  begin: (/** @type {Record<string, unknown>} */ wish) => ask("POST", "/api/encounters", wish),
  /** @param {string} id */
  forget: (id) => ask("DELETE", `/api/encounters/${part(id)}`),
  /** @param {string} id @param {ReflectionForm} form */
  reflect: (id, form) => ask("POST", `/api/encounters/${part(id)}/reflection`, form),
  /** @returns {Promise<Scorecard>} */
  scorecard: (/** @type {string} */ id) => ask("GET", `/api/encounters/${part(id)}/scorecard`),
  /** @returns {Promise<Correction[]>} */
  corrections: (/** @type {string} */ id) => ask("GET", `/api/encounters/${part(id)}/corrections`),
  /** @param {string} id @param {Proposal} proposal @returns {Promise<Correction>} */
  correct: (id, proposal) => ask("POST", `/api/encounters/${part(id)}/corrections`, proposal),
  /** @param {string} id @param {number} number @param {boolean} accepted @returns {Promise<Correction>} */
  settle: (id, number, accepted) => ask("POST", `/api/encounters/${part(id)}/corrections/${number}/settle`, { accepted }),
  /** @returns {Promise<Invitation>} */
  invite: (/** @type {string} */ id, /** @type {boolean} */ may_cue = false) => ask("POST", `/api/encounters/${part(id)}/observers`, may_cue ? { may_cue } : undefined),
  /** @returns {Promise<Onlooker[]>} */
  onlookers: (/** @type {string} */ id) => ask("GET", `/api/encounters/${part(id)}/observers`),
  /** @param {string} id @param {string} observer */
  takeBack: (id, observer) => ask("DELETE", `/api/encounters/${part(id)}/observers/${part(observer)}`),
  /** @returns {Promise<Watching>} */
  watching: (/** @type {string} */ id) => ask("GET", `/api/encounters/${part(id)}/observing`),
  /** @param {string} id @param {Sheet} sheet @returns {Promise<Sheet>} */
  fillIn: (id, sheet) => ask("PUT", `/api/encounters/${part(id)}/observations`, sheet),
  /** @returns {Promise<Comparison[]>} */
  comparisons: (/** @type {string} */ id) => ask("GET", `/api/encounters/${part(id)}/observations`),
  /** @returns {Promise<MarkingPage>} */
  marking: (/** @type {string} */ id) => ask("GET", `/api/encounters/${part(id)}/marking`),
  /** @param {string} id @param {Record<string, unknown>} step @returns {Promise<MarkingState>} */
  markStep: (id, step) => ask("POST", `/api/encounters/${part(id)}/marking/steps`, step),
  /** @param {string} id @param {{dimension: string, turn: string, reason: string}} appeal @returns {Promise<Appeal[]>} */
  appeal: (id, appeal) => ask("POST", `/api/encounters/${part(id)}/marking/appeals`, appeal),
  /** @returns {Promise<Marker[]>} */
  markers: (/** @type {string} */ id) => ask("GET", `/api/encounters/${part(id)}/markers`),
  /** @param {string} id @param {string} name @returns {Promise<MarkerInvitation>} */
  inviteMarker: (id, name) => ask("POST", `/api/encounters/${part(id)}/markers`, { name }),
  /** @param {string} id @param {string} marker @returns {Promise<MarkerInvitation>} */
  markerLink: (id, marker) => ask("POST", `/api/encounters/${part(id)}/markers/${part(marker)}/link`),
  /** @param {string} id @param {string} marker */
  takeBackMarker: (id, marker) => ask("DELETE", `/api/encounters/${part(id)}/markers/${part(marker)}`),
  /** @returns {Promise<import("../types/debrief.js").Debriefing>} */
  debrief: (/** @type {string} */ id) => ask("GET", `/api/encounters/${part(id)}/debrief`),
  /** @returns {Promise<import("../types/debrief.js").Writings>} */
  writings: (/** @type {string} */ id) => ask("GET", `/api/encounters/${part(id)}/writings`),
  /** @param {string} id @param {string} kind @param {string} text @param {string} [about] @returns {Promise<import("../types/debrief.js").Writings>} */
  write: (id, kind, text, about = "") => ask("PUT", `/api/encounters/${part(id)}/writings/${part(kind)}`, { text, about }),
  /** @param {string} id @param {string} turn @returns {Promise<{id: string, realtime_url: string}>} */
  retry: (id, turn) => ask("POST", `/api/encounters/${part(id)}/retry`, { turn }),
  /** @returns {Promise<import("../types/debrief.js").Aims>} */
  aims: () => ask("GET", "/api/aims"),
  /** @returns {Promise<Board[]>} */
  boards: () => ask("GET", "/api/boards"),
  /** @param {{title: string, prompt: string, themes: string[]}} form @returns {Promise<Board>} */
  makeBoard: (form) => ask("POST", "/api/boards", form),
  /** @returns {Promise<Board>} */
  board: (/** @type {string} */ id) => ask("GET", `/api/boards/${part(id)}`),
  /** @param {string} id @param {boolean} open @returns {Promise<Board>} */
  openBoard: (id, open) => ask("PUT", `/api/boards/${part(id)}`, { open }),
  /** @param {string} id */
  dropBoard: (id) => ask("DELETE", `/api/boards/${part(id)}`),
  /** @returns {Promise<import("../types/api.js").BoardCode>} */
  boardCode: (/** @type {string} */ id) => ask("POST", `/api/boards/${part(id)}/code`),
  /** @returns {Promise<{id: string}>} */
  joinBoard: (/** @type {string} */ code) => ask("POST", "/api/boards/join", { code }),
  /** @returns {Promise<Post[]>} */
  posts: (/** @type {string} */ id) => ask("GET", `/api/boards/${part(id)}/posts`),
  /** @param {string} id @param {Record<string, string>} wish @returns {Promise<Post>} */
  post: (id, wish) => ask("POST", `/api/boards/${part(id)}/posts`, wish),
  /** @param {string} id @param {string} post */
  takeBackPost: (id, post) => ask("DELETE", `/api/boards/${part(id)}/posts/${part(post)}`),
};
