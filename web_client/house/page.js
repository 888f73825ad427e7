// #/house: everything of an administrator, in parts that have an address each.

import { pageHead, tabs } from "../app/parts.js";
import { h } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { to } from "../app/routes.js";
import { auditPart } from "./audit.js";
import { backupsPart } from "./backups.js";
import { freezePart } from "./freeze.js";
import { healthPart } from "./health.js";
import { keepingPart } from "./keeping.js";
import { usagePart } from "./usage.js";

/** @type {readonly {id: string, name: string, make: () => Promise<HTMLElement>}[]} */
const PARTS = [
  { id: "health", name: "Health", make: healthPart },
  { id: "backups", name: "Backups", make: backupsPart },
  { id: "keeping", name: "Keeping", make: keepingPart },
  { id: "freeze", name: "Freeze", make: freezePart },
  { id: "audit", name: "Audit", make: auditPart },
  { id: "usage", name: "Usage", make: usagePart },
];

/**
 * @param {string} part the one that is open at first; empty: health
 * @returns {import("../app/main.js").Screen}
 */
export function housePage(part) {
  const list = PARTS.map(({ id, name, make }) => ({ id, name, content: () => later(make) }));
  const parts = tabs(list, { label: "Parts of the house", chosen: part, choose: (id) => history.replaceState(null, "", to.house(id)) });
  const people = h("a", { class: "button", href: "#/people" }, "People and roles");
  const head = pageHead({ title: "House", lead: "What runs here, what is kept and for how long, and who did what.", actions: [people] });
  /** @param {import("../app/routes.js").Route} where */
  function update(where) {
    if (where.name !== "house") return false;
    parts.open(where.part || "health");
    return true;
  }
  /** The open tab may lie beside the edge of a telephone. */
  const shown = () => parts.element.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "center" });
  return { title: "House", content: h("div", { class: "stack-wide" }, head, parts.element), wide: true, update, shown };
}

/** What is asked of the server stands here when it came, and why not when it did not. @param {() => Promise<HTMLElement>} make */
function later(make) {
  const place = h("div");
  function begin() {
    place.setAttribute("aria-busy", "true");
    place.replaceChildren(h("p", { class: "soft" }, "Asking…"));
    make().then((made) => place.replaceChildren(made), failed).finally(() => place.removeAttribute("aria-busy"));
  }
  /** @param {unknown} failure */
  function failed(failure) {
    const again = h("button", { class: "button", type: "button", onclick: begin }, "Try again");
    place.replaceChildren(h("p", { class: "error", role: "alert" }, messageOf(failure)), h("p", null, again));
  }
  begin();
  return place;
}
