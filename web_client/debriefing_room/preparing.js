// Preparing a debriefing: its title, its moments in order, a question of one's own to each, and bookmarks to choose from.

import { emptyState, field, section } from "../app/parts.js";
import { announce } from "../app/announcer.js";
import { h } from "../app/dom.js";
import { moved, playlists } from "./calls.js";

/** @typedef {import("./calls.js").Bookmark} Bookmark */
/** @typedef {import("./calls.js").Moment} Moment */
/** @typedef {import("./keeping.js").Kept} Kept */

/** @param {Kept} kept @param {readonly Bookmark[]} bookmarks */
export function preparing(kept, bookmarks) {
  const chosen = h("div", { class: "stack" });
  const offered = h("div", { class: "stack" });

  function show() {
    const { moments } = kept.playlist;
    chosen.replaceChildren(...(moments.length ? [h("ol", { class: "moments-chosen stack" }, ...moments.map(one))] : [emptyState({ text: "No moment yet. Add bookmarks from below, in the order in which you want to talk about them." })]));
    const left = bookmarks.filter((each) => !moments.some((moment) => moment.encounter_id === each.encounter_id && moment.turn === each.turn));
    offered.replaceChildren(...(left.length ? [h("ul", { class: "plain stack" }, ...left.map(choice))] : [noBookmarks(bookmarks.length)]));
  }

  /** @param {Moment} moment @param {number} place */
  function one(moment, place) {
    const question = h("input", { type: "text", maxlength: 400, value: moment.question, placeholder: moment.asks, oninput: () => { moment.question = question.value; kept.changed(); } });
    const name = `moment ${place + 1}`;
    return h(
      "li",
      { class: "card stack-tight" },
      moment.at ? quoted(moment.at.who, moment.at.text) : h("p", { class: "note" }, `Not shown: ${moment.withheld}`),
      h("p", { class: "soft" }, moment.case_title),
      field({ label: `Your question to ${name}`, control: question, hint: moment.asks ? "Empty: the one that stands there is asked." : "" }).element,
      h("p", { class: "row" }, mover(`Move ${name} up`, "Up", place, -1), mover(`Move ${name} down`, "Down", place, 1), h("button", { class: "button small quiet", type: "button", "aria-label": `Take out ${name}`, onclick: () => { arrange(kept.playlist.moments.filter((each) => each !== moment), "Taken out"); fieldAt(place).focus(); } }, "Take out")),
    );
  }

  /** The field of the moment at this place, or of the last: where somebody goes on by keyboard. @param {number} place */
  function fieldAt(place) {
    const fields = chosen.querySelectorAll("input");
    return fields[Math.min(place, fields.length - 1)] ?? title;
  }

  /** @param {string} label @param {string} text @param {number} place @param {number} by */
  function mover(label, text, place, by) {
    const last = place + by < 0 || place + by >= kept.playlist.moments.length;
    return h("button", { class: "button small", type: "button", "aria-label": label, disabled: last, onclick: () => { arrange(moved(kept.playlist.moments, place, by), "Moved"); moverAt(place + by, text).focus(); } }, text);
  }

  /** The same button where the moment now stands; its field where it can go no further. @param {number} place @param {string} text */
  function moverAt(place, text) {
    const row = chosen.querySelectorAll("li")[place];
    const button = [...(row?.querySelectorAll("button") ?? [])].find((each) => each.textContent === text && !each.disabled);
    return button ?? fieldAt(place);
  }

  /** @param {Bookmark} bookmark */
  function choice(bookmark) {
    const add = h("button", { class: "button small", type: "button", onclick: () => void added(bookmark) }, "Add");
    const why = bookmark.withheld && h("p", { class: "soft" }, `Cannot be shown: ${bookmark.withheld}`);
    return h("li", { class: "card stack-tight" }, bookmark.line && quoted(bookmark.line.who, bookmark.line.text), bookmark.says && h("p", null, bookmark.says), bookmark.case_title && h("p", { class: "soft" }, bookmark.case_title), why || h("p", null, add));
  }

  /** @param {Bookmark} bookmark */
  async function added({ encounter_id, turn, line, case_title }) {
    const moment = { id: "", encounter_id, turn, question: "", notes: "", case_title, withheld: "", before: [], at: line, after: [], asks: "" };
    arrange([...kept.playlist.moments, moment], "Added");
    await kept.now();
    const fresh = await playlists.read(kept.playlist.id).catch(() => null);
    const found = fresh?.moments.find((each) => each.id === moment.id);
    if (!found) return;
    Object.assign(moment, { ...found, question: moment.question, notes: moment.notes });
    if (!chosen.contains(document.activeElement)) show();
  }

  /** @param {Moment[]} moments @param {string} told */
  function arrange(moments, told) {
    kept.playlist.moments = moments;
    kept.changed();
    show();
    announce(`${told}. ${moments.length} moments.`);
  }

  const title = h("input", { name: "title", type: "text", required: true, maxlength: 120, value: kept.playlist.title, oninput: () => { kept.playlist.title = title.value; kept.changed(); } });
  show();
  return h("div", { class: "stack-wide" }, field({ label: "Title", control: title }).element, section("Moments, in this order", chosen), section("Bookmarks to choose from", offered), noted(kept));
}

/** @param {number} all */
function noBookmarks(all) {
  if (all) return h("p", { class: "soft" }, "Every bookmark is in the list above.");
  return emptyState({ title: "No bookmark yet", text: "Open an encounter of this course where you mark or watch it, and set a bookmark at a turn that is worth talking about. It then stands here." });
}

/** @param {string} who @param {string} text */
function quoted(who, text) {
  return h("p", null, h("span", { class: "eyebrow" }, who), " ", h("q", { class: "voice" }, text));
}

/** What the group said, if it was noted. @param {Kept} kept */
function noted({ playlist }) {
  const themes = playlist.themes.length > 0 && h("p", null, `Themes: ${playlist.themes.join(", ")}.`);
  const notes = playlist.moments.map((moment, place) => moment.notes && h("p", null, h("strong", null, `Moment ${place + 1}: `), moment.notes));
  if (!themes && !playlist.notes && !notes.some(Boolean)) return null;
  return section("What the group noted", themes, playlist.notes && h("p", null, playlist.notes), ...notes);
}
