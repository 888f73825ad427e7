// Trying a case out: the room of an encounter, and beside it the inside of the case. Nothing of it is scored.

import { api } from "../app/api.js";
import { h } from "../app/dom.js";
import { emptyState, pageHead } from "../app/parts.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import * as wire from "../live/wire.js";
import { leaves } from "../screens/consent.js";
import { encounterPage } from "../screens/encounter.js";
import { openTry } from "./calls.js";
import { pane } from "./pane.js";

/** @typedef {import("./calls.js").Tried} Tried */
/** @typedef {import("../app/main.js").Screen} Screen */
/** @typedef {import("../live/session.js").Session} Session */

/** @param {Tried} what */
export async function tryPage(what) {
  const place = h("div", { class: "stack" });
  const head = h("div", null);
  const content = h("article", { class: "try" }, head, place);
  const wish = { variant: "", portrayal: "teaching" };
  /** @type {{room: Screen, end: () => void} | null} */
  let running = null;
  let visible = false;
  let begun = 0;

  async function begin() {
    leave();
    const mine = begun;
    try {
      const [tried, health] = await Promise.all([openTry(what, wish), api.health()]);
      const made = await roomOf(tried, over);
      if (mine !== begun) return close(made); // begun again, or left, before this one was there
      running = made;
      head.replaceChildren(headOf(tried.briefing, leaves(health.engines), what, wish, () => void begin()));
      place.replaceChildren(running.room.content);
      if (visible) running.room.shown?.();
    } catch (error) {
      head.replaceChildren(pageHead({ title: "This case cannot be tried out", above: wayBack(what) }));
      place.replaceChildren(emptyState({ text: messageOf(error), hint: "Mend it where it is written, then try again.", action: h("button", { class: "button", type: "button", onclick: () => void begin() }, "Try again") }));
    }
  }

  function over() {
    const again = h("button", { class: "button primary", type: "button", onclick: () => void begin() }, "Begin again");
    place.querySelector(".try-over")?.remove();
    place.prepend(h("section", { class: "note try-over", role: "status" }, h("p", null, "This try-out is over. Nothing of it is scored; the inside of the case stands as it ended."), h("p", null, again)));
  }

  /** @param {{room: Screen, end: () => void}} made */
  function close({ room, end }) {
    end();
    room.leave?.();
  }

  function leave() {
    begun += 1;
    if (running) close(running);
    running = null;
  }

  await begin();
  return { title: "Trying a case out", content, wide: true, leave, shown: () => { visible = true; running?.room.shown?.(); } };
}

/**
 * The room and the pane beside it.
 * @param {import("./calls.js").OpenedTry} tried
 * @param {() => void} over
 */
async function roomOf(tried, over) {
  /** @type {Session | null} */
  let session = null;
  const inside = pane({
    send: (event) => session?.send(event) ?? false,
    wordsOf: (turn) => session?.view.lines.find((line) => line.id === turn)?.text ?? "",
  });
  const room = await encounterPage(tried.id, { detail: tried.briefing, joined: (joined) => (session = joined), event: inside.received, over });
  const both = h("div", { class: "try-both" }, room.content, inside.content);
  const end = () => void (session && !session.view.ended && session.send(wire.end("stop")));
  return { room: { ...room, content: both }, end };
}

/**
 * @param {import("../types/api.js").CaseBriefing} detail
 * @param {readonly string[]} away where words go
 * @param {Tried} what
 * @param {{variant: string, portrayal: string}} wish
 * @param {() => void} again
 */
function headOf(detail, away, what, wish, again) {
  const portrayal = choice("As", [["teaching", "Teaching"], ["assessment", "Assessment"]], wish.portrayal, (value) => (wish.portrayal = value));
  const variants = /** @type {[string, string][]} */ (detail.variants.map((each) => [each.id, each.label]));
  const variant = variants.length ? choice("Variant", [["", "As written"], ...variants], wish.variant, (value) => (wish.variant = value)) : null;
  const where = away.length ? h("p", { class: "note" }, `What you write is sent to ${away.join(" and ")}, where the answers are made.`) : null;
  return h(
    "div",
    { class: "stack-tight try-head" },
    pageHead({ title: `Trying out: ${detail.title}`, above: wayBack(what), lead: "Nothing here is scored, and nobody else is shown it." }),
    h("div", { class: "row" }, portrayal, variant, h("button", { class: "button quiet", type: "button", onclick: again }, "Begin again")),
    where,
  );
}

/** @param {string} label @param {[string, string][]} options @param {string} chosen @param {(value: string) => void} choose */
function choice(label, options, chosen, choose) {
  const control = h("select", { onchange: () => choose(control.value) }, ...options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));
  return h("label", { class: "try-choice" }, h("span", null, label), control);
}

/** @param {Tried} what */
function wayBack(what) {
  return "case_id" in what ? [{ text: "The case", href: to.case(what.case_id) }] : [{ text: "The case's file", href: to.write(what.file_id) }];
}
