// The head of every page: the way to the pages of one's roles, light or dark, and out. A button opens it on a telephone,
// and everywhere for one person alone, whose start page is all that they need at first.

import { api, Refused } from "./api.js";
import { fill, h } from "./dom.js";
import { tellTabs } from "./elsewhere.js";
import { groupsOf, homeOf } from "./pages.js";
import { statusLine } from "./parts.js";
import { preferences, wear } from "./preferences.js";
import { messageOf } from "./trouble.js";
import { people } from "../people/calls.js";

/** @typedef {import("./pages.js").Me} Me */
/** @typedef {import("../types/wire.js").Preferences} Preferences */

/** @type {readonly {value: Preferences["theme"], text: string}[]} */
const THEMES = [
  { value: "system", text: "As this device" },
  { value: "light", text: "Light" },
  { value: "dark", text: "Dark" },
];

/** @typedef {import("../people/calls.js").Entrance} Entrance */

/** Who is here, once asked; null while nobody is known. @type {Me | null} */
let here = null;
let drawn = "";

/**
 * With every change of the page, before it is shown.
 * @param {string} name of the route
 * @param {boolean} outside whether this page is for people who need not be signed in: nobody is asked who they are
 */
export async function shell(name, outside) {
  if (!outside) await whoIsHere();
  draw();
  open(false);
  const at = name === "lobby" || name === "ticket" ? homeOf(here?.roles ?? []) : name;
  for (const link of document.querySelectorAll("#menu a[data-names]")) {
    const current = (link.getAttribute("data-names") ?? "").split(" ").includes(at);
    if (current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/** Asked once, until somebody else may be here. @returns {Promise<Me | null>} null while nobody is known */
export async function whoIsHere() {
  if (!here) await atTheDoor().catch(() => null);
  return here;
}

/** Who is here, and which ways there are in, asked anew. @returns {Promise<Entrance>} */
export async function atTheDoor() {
  const found = await people.entrance();
  here = found.me;
  tellTabs(here?.id ?? "");
  return found;
}

/** The same without asking. */
export function whoWasHere() {
  return here;
}

/** Somebody else may be here from now on. */
export function forgetWho() {
  here = null;
}

function draw() {
  const menu = document.getElementById("menu");
  const key = JSON.stringify(here);
  if (!menu || drawn === key) return;
  drawn = key;
  const groups = here ? groupsOf(here.roles) : [];
  document.querySelector(".masthead")?.classList.toggle("spread", groups.length > 0 && !here?.one_person);
  menu.replaceChildren();
  fill(menu, groups.length > 0 && h("nav", { class: "pages", "aria-label": "Pages" }, ...groups.map(groupOf)), settings());
}

/** @param {import("./pages.js").Group} group */
function groupOf({ role, title, pages }) {
  const id = `pages-${role}`;
  const links = pages.map(({ text, href, names }) => h("li", null, h("a", { href, "data-names": names.join(" ") }, text)));
  return h("div", { class: "pages-group" }, h("p", { class: "eyebrow", id }, title), h("ul", { "aria-labelledby": id }, ...links));
}

function settings() {
  const chosen = preferences().theme;
  const choices = THEMES.map(({ value, text }) =>
    h("label", { class: "mark" }, h("input", { type: "radio", name: "theme", value, checked: value === chosen, onchange: () => wear(value) }), h("span", null, text)),
  );
  return h(
    "div",
    { class: "menu-settings" },
    here?.name && h("p", null, "Signed in as ", h("a", { href: "#/account" }, here.name)),
    h("fieldset", { class: "narrowing" }, h("legend", null, "Light or dark"), h("div", { class: "marks" }, ...choices)),
    here && !here.one_person && signingOut(),
  );
}

/** Whoever is not signed out is told so: the next person at this screen would be them. */
function signingOut() {
  const line = statusLine();
  async function signOut() {
    try {
      await api.signOut();
    } catch (failure) {
      const out = failure instanceof Refused && failure.status === 401;
      if (!out) return line.fail(`You are still signed in. ${messageOf(failure)}`);
    }
    location.hash = "#/";
    location.reload();
  }
  return h("div", { class: "stack-tight" }, h("p", null, h("button", { class: "button small quiet", type: "button", onclick: () => void signOut() }, "Sign out")), line.element);
}

const button = document.getElementById("menu-button");

/** @param {boolean} wide whether the menu is open from now on */
function open(wide) {
  button?.setAttribute("aria-expanded", String(wide));
}

function isOpen() {
  return button?.getAttribute("aria-expanded") === "true";
}

button?.addEventListener("click", () => open(!isOpen()));
document.querySelector(".masthead")?.addEventListener("keydown", (event) => {
  if (/** @type {KeyboardEvent} */ (event).key !== "Escape" || !isOpen()) return;
  open(false);
  button?.focus();
});
document.addEventListener("focusin", (event) => {
  const within = /** @type {Element} */ (event.target).closest?.(".masthead");
  if (!within) open(false);
});
document.addEventListener("click", (event) => {
  if (!(/** @type {Element} */ (event.target).closest?.(".masthead"))) open(false);
});
