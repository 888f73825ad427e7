// One post: what somebody wrote, the questions that follow up, and the answers under it.

import { h } from "../app/dom.js";
import { beganWords } from "../screens/words.js";
import { writing } from "./writing.js";

/** @typedef {import("../types/api.js").Post} Post */
/**
 * What a post may ask of its page.
 * @typedef {{answer: (post: Post, question: string, text: string) => Promise<unknown>, takeBack: (post: Post) => void}} Host
 */

/** @param {Post} post @param {Host} host */
export function threadView(post, host) {
  const answers = h("ol", { class: "board-answers" });
  const forms = new Forms(post, host);
  const words = h("div", { class: "stack-tight" }, ...postParts(post, host));
  const asked = h("div", { class: "stack-tight board-asked" }, ...askedParts(post, forms));
  const content = h("li", { class: "card stack board-post", tabindex: -1, "data-post": post.id }, words, asked, forms.place, answers);
  /** @type {Map<string, HTMLElement>} */
  const shown = new Map();

  /** @param {readonly Post[]} now */
  function update(now) {
    const wanted = new Set(now.map((each) => each.id));
    for (const [id, row] of shown) if (!wanted.has(id)) { row.remove(); shown.delete(id); }
    for (const each of now) {
      if (shown.has(each.id)) continue;
      const row = h("li", { class: "board-answer stack-tight", tabindex: -1, "data-post": each.id }, ...postParts(each, host));
      shown.set(each.id, row);
      answers.append(row);
    }
  }

  /** Its post is gone; what somebody had begun to write under it is not thrown away. */
  function gone() {
    if (!forms.begun()) return content.remove();
    words.replaceChildren(h("p", { class: "note" }, "This post was taken back. What you had begun to write is still here, to copy."));
    for (const each of [asked, answers]) each.remove();
  }

  return { content, update, gone, begun: () => forms.begun(), close: (/** @type {boolean} */ closed) => { asked.classList.toggle("closed", closed); for (const each of asked.querySelectorAll("button")) each.hidden = closed; } };
}

/** The one answer that is being written under a post. */
class Forms {
  /** @param {Post} post @param {Host} host */
  constructor(post, host) {
    this.post = post;
    this.host = host;
    this.place = h("div", { class: "board-form" });
    /** @type {ReturnType<typeof writing> | null} */
    this.form = null;
  }

  /** @param {string} question empty: an answer to the post itself @param {HTMLElement} from where the focus goes back to */
  open(question, from) {
    if (this.begun()) return this.form?.focus();
    const shut = () => { this.form = null; this.place.replaceChildren(); };
    this.form = writing({
      label: question || `An answer to ${this.post.name}`,
      button: "Post the answer",
      cancel: () => { shut(); from.focus(); },
      send: async (text) => { await this.host.answer(this.post, question, text); shut(); },
    });
    this.place.replaceChildren(this.form.content);
    this.form.focus();
  }

  begun() {
    return this.form?.begun() ?? false;
  }
}

/** @param {Post} post @param {Host} host */
function postParts(post, host) {
  const head = h(
    "p",
    { class: "board-head" },
    h("strong", null, post.name),
    post.by_owner && h("span", { class: "tag" }, "runs this board"),
    h("span", { class: "soft" }, [post.yours && "you", beganWords(post.posted_at)].filter(Boolean).join(" · ")),
  );
  const back = post.may_take_back && h("button", { class: "button quiet small", type: "button", "aria-label": `Take back ${post.yours ? "your post" : `the post of ${post.name}`}`, onclick: () => host.takeBack(post) }, "Take back");
  return [
    h("div", { class: "board-top" }, head, back),
    post.question && h("p", { class: "board-question soft" }, post.question),
    h("p", { class: "board-text" }, post.text),
  ];
}

/** @param {Post} post @param {Forms} forms */
function askedParts(post, forms) {
  const heading = h("h3", null, "Questions that follow up");
  const rows = post.follow_ups.map((question) => h("li", null, h("p", null, question), answerButton("Answer this", `Answer this: ${question}`, question, forms)));
  const plain = h("p", null, answerButton("Answer the post", `Answer the post of ${post.name}`, "", forms));
  return rows.length ? [heading, h("ul", { class: "board-questions" }, ...rows), plain] : [plain];
}

/** @param {string} words @param {string} name @param {string} question @param {Forms} forms */
function answerButton(words, name, question, forms) {
  const button = h("button", { class: "button quiet small", type: "button", "aria-label": name, onclick: () => forms.open(question, button) }, words);
  return button;
}
