// Things said outside the fiction, newest last; each can be put away, and the ones that pass go by themselves.

import { announce } from "../app/announcer.js";
import { h } from "../app/dom.js";

const MOST = 3;
const PASSING_MS = 20_000;

export function notices() {
  const content = h("div", { class: "notices" });

  /** @param {string} text @param {boolean} passing */
  function add(text, passing) {
    if (!text) return;
    for (const old of [...content.children]) if (old.firstElementChild?.textContent === text) old.remove();
    const away = h("button", { class: "button quiet small", type: "button", onclick: () => card.remove() }, "Put away");
    const card = h("div", { class: "note notice" }, h("p", null, text), away);
    content.append(card);
    while (content.children.length > MOST) content.firstElementChild?.remove();
    if (passing) setTimeout(() => card.remove(), PASSING_MS);
    announce(text);
  }

  return { content, add };
}
