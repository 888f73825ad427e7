// Whether people mark this encounter: who was asked, what they signed, and how to ask somebody.

import { announce } from "../app/announcer.js";
import { api } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { listed } from "../live/people.js";
import { beganWords } from "../screens/words.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("../types/api.js").MarkingSummary} MarkingSummary */
/** @typedef {import("../types/api.js").Marker} Marker */
/** @typedef {import("../types/api.js").MarkerInvitation} MarkerInvitation */

const COURSE_MARKS = "What you see is the program's draft. Your course's staff may mark it.";

/** Where the marking stands, in words. @param {MarkingSummary} marking */
export function signOffWords({ state, waiting, note, signature }) {
  if (state === "none") return "Nobody was asked to mark this. What you see is the program's draft.";
  if (!signature) return [note || "Somebody was asked to mark this; until it is signed you see the program's draft.", waiting.length && `Not in yet: ${listed(waiting)}.`].filter(Boolean).join(" ");
  const whose = { faculty: "", owner: ", signed in as the owner of this installation", learner: ", whose own encounter it is: nobody of the faculty has signed", guest: ", a guest by invitation: nobody of the faculty has signed" }[signature.who];
  return `Signed by ${signature.by}${whose}, ${beganWords(signature.at)}.${state === "open_again" ? " It is being looked at again; the signed marks stand until then." : ""}`;
}

/** @param {About} about */
export function signOff(about) {
  const { marking } = about.card;
  const words = about.assigned && marking.state === "none" ? about.assigned.withheld || COURSE_MARKS : signOffWords(marking);
  return h(
    "section",
    { class: "stack" },
    h("h2", null, "Your faculty's marks"),
    h("p", null, words),
    marking.signature?.look_again && h("p", { class: "note" }, "Signed before a correction: what was heard has been put right since. Whoever signed is asked to look again."),
    marking.signature && h("p", { class: "screen-only" }, h("a", { href: `/api/encounters/${encodeURIComponent(about.id)}/record.json`, download: `record-${about.id}.json` }, "The record, as a file")),
    !about.assigned && h("details", { class: "screen-only" }, h("summary", null, "Ask somebody to mark this"), inviting(about.id)),
  );
}

/** @param {string} id of the encounter */
function inviting(id) {
  const rows = h("ul", { class: "rows watchers-list" });
  const link = h("div", { class: "stack-tight", hidden: true });
  const error = h("p", { class: "error", role: "alert" });
  const name = h("input", { id: "marker-name", type: "text", maxlength: 100 });

  /** @param {() => Promise<void>} act */
  async function attempt(act) {
    say(error, "");
    await act().catch((failure) => say(error, messageOf(failure)));
  }

  async function read() {
    const all = await api.markers(id);
    rows.replaceChildren(...all.map((each) => row(each, { again: () => attempt(async () => told(await api.markerLink(id, each.id))), takeBack: () => attempt(async () => { await api.takeBackMarker(id, each.id); await read(); name.focus(); }) })));
  }

  async function invite() {
    if (!name.value.trim()) {
      name.focus();
      return say(error, "Write their name first: it stands beside their marks.");
    }
    await told(await api.inviteMarker(id, name.value));
    name.value = "";
  }

  /** @param {MarkerInvitation} made */
  async function told(made) {
    const box = h("input", { id: "marker-link", type: "text", readonly: true, value: made.link, onfocus: () => box.select() });
    link.replaceChildren(h("p", { class: "field" }, h("label", { for: box.id }, `A link for ${made.name}`), box), h("p", { class: "soft" }, `For one person, once, until ${beganWords(made.expires_at)}. To be opened on another machine, or in a private window: here you are signed in.`));
    link.hidden = false;
    box.focus();
    announce(`The link for ${made.name} is made. Hand it over.`);
    await read();
  }

  const content = h(
    "form",
    { class: "stack-tight marker-form", onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); void attempt(invite); } },
    rows,
    h("p", { class: "field" }, h("label", { for: name.id }, "Their name, as it stands beside their marks"), name),
    h("p", { class: "row" }, h("button", { class: "button small", type: "submit" }, "Make a link"), h("a", { href: to.mark(id) }, "Or mark it yourself")),
    link,
    error,
  );
  void attempt(read);
  return content;
}

/** @param {Marker} each @param {{again: () => void, takeBack: () => void}} host */
function row(each, host) {
  const state = each.closed ? "their marks are in" : each.joined_at ? `came ${beganWords(each.joined_at)}` : "has not come yet";
  return h(
    "li",
    null,
    h("div", null, h("strong", null, each.name), h("p", { class: "soft" }, state)),
    h("span", { class: "row" }, h("button", { class: "button quiet small", type: "button", "aria-label": `A new link for ${each.name}`, onclick: host.again }, "New link"), each.closed ? null : h("button", { class: "button quiet small", type: "button", "aria-label": `Take back the invitation of ${each.name}`, onclick: host.takeBack }, "Take back")),
  );
}
