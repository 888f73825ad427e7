// What goes on now in one's courses, and for how long: the way to watching. The list looks by itself and grows in place.

import { announce } from "../app/announcer.js";
import { ask } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { emptyState, pageHead, section } from "../app/parts.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { minutes } from "../live/clock.js";

/** @typedef {import("../types/api.js").Running} Running */

const AGAIN_MS = 10_000;

/** @returns {Promise<Running[]>} */
const read = () => ask("GET", "/api/running");

/** @returns {Promise<import("../app/main.js").Screen>} */
export async function runningPage() {
  const rows = inPlace();
  const error = h("p", { class: "error", role: "alert" });
  const lead = "Encounters of your courses that have not ended. Who watches is seen to watch: the learner's page says how many do.";
  rows.update(await read(), false);

  async function look() {
    try {
      rows.update(await read(), true);
      say(error, "");
    } catch (failure) {
      say(error, `This list may be out of date. ${messageOf(failure)}`);
    }
  }

  const looking = setInterval(() => { if (!document.hidden) void look(); }, AGAIN_MS);
  const ticking = setInterval(rows.tick, 1000);
  const content = h("article", { class: "stack-wide" }, pageHead({ title: "Running now", lead }), error, rows.content);
  return { title: "Running now", content, leave: () => { clearInterval(looking); clearInterval(ticking); } };
}

/** Two lists, in which a row keeps its place and its link as long as its encounter is there. */
function inPlace() {
  /** @type {Map<string, ReturnType<typeof rowOf>>} */
  const made = new Map();
  const there = h("ul", { class: "rows" });
  const gone = h("ul", { class: "rows" });
  const empty = emptyState({ title: "Nobody is in a room now", text: "While a learner of one of your courses is in an encounter for an assignment, it stands here, and you can watch it.", hint: "The page looks by itself." });
  const rest = section("Begun within a day, and nobody is there now", gone);
  const content = h("div", { class: "stack-wide" }, there, empty, rest);

  /** @param {readonly Running[]} now @param {boolean} tell whether who came is said */
  function update(now, tell) {
    const known = new Set(now.map((each) => each.encounter_id));
    for (const [id, row] of made) if (!known.has(id)) { row.content.remove(); made.delete(id); }
    for (const each of now) {
      const row = made.get(each.encounter_id) ?? rowOf(each);
      made.set(each.encounter_id, row);
      const place = each.phase === null ? gone : there;
      if (row.content.parentElement !== place) {
        place.append(row.content);
        if (tell && place === there) announce(`${each.learner} is in a room: ${each.case_title}.`);
      }
      row.update(each);
    }
    empty.hidden = there.children.length > 0;
    rest.hidden = !gone.children.length;
  }

  return { content, update, tick: () => { for (const row of made.values()) row.tick(); } };
}

/** @param {Running} first */
function rowOf(first) {
  let now = first;
  let since = performance.now();
  const where = h("p", { class: "soft" }, [first.title, first.course].filter(Boolean).join(" · "));
  const time = h("span", null);
  const content = h("li", { class: "row-item" }, h("div", null, h("strong", null, first.learner), `: ${first.case_title}`, where, h("p", { class: "soft" }, time)), h("a", { class: "button", href: to.watch(first.encounter_id), "aria-label": `Watch ${first.learner}: ${first.case_title}` }, "Watch"));

  function tick() {
    say(time, standing(now, performance.now() - since));
  }

  /** @param {Running} latest */
  function update(latest) {
    [now, since] = [latest, performance.now()];
    tick();
  }

  return { content, update, tick };
}

/** Where it stands, in words. @param {Running} each @param {number} sinceMs since that was asked */
export function standing({ phase, at_ms, made_at }, sinceMs) {
  if (phase === null) return `Begun at ${new Date(made_at).toLocaleTimeString(undefined, { timeStyle: "short" })}.`;
  if (phase === "prebrief") return "At the door: they have not gone in yet.";
  if (phase === "paused") return `Paused after ${minutes(at_ms ?? 0)}.`;
  return `Going for ${minutes((at_ms ?? 0) + sinceMs)}.`;
}
