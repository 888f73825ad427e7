// The posts of a board, kept in step with the server without disturbing whoever is writing.

import { announce } from "../app/announcer.js";
import { api } from "../app/api.js";
import { h } from "../app/dom.js";
import { confirmed } from "../screens/dialogs.js";
import { threadView } from "./post.js";
import { counted, newFromOthers, threads } from "./thread.js";

/** @typedef {import("../types/api.js").Post} Post */

/** @param {string} id of the board @param {{name: () => string, told: (error: unknown) => void}} host `name`: what one is called here */
export function postsView(id, host) {
  /** @type {Map<string, ReturnType<typeof threadView>>} */
  const shown = new Map();
  /** @type {Set<string> | null} */
  let known = null;
  let closed = false;
  const list = h("ol", { class: "board-posts" });
  const empty = h("p", { class: "empty" }, "Nothing is written yet.");
  const heading = h("h2", { id: "board-posts", tabindex: -1 }, "What was written");
  const content = h("section", { class: "stack", "aria-labelledby": "board-posts" }, heading, empty, list);

  /** @param {readonly Post[]} posts */
  function update(posts) {
    const found = threads(posts);
    const wanted = new Set(found.map((each) => each.post.id));
    for (const [key, view] of shown) if (!wanted.has(key)) { view.gone(); shown.delete(key); }
    for (const { post, answers } of found) {
      const view = shown.get(post.id) ?? add(post);
      view.update(answers);
    }
    empty.hidden = found.length > 0;
    const fresh = known ? newFromOthers(known, posts) : 0;
    if (fresh) announce(`${counted(fresh, "new post", "new posts")}.`);
    known = new Set(posts.map((each) => each.id));
  }

  /** @param {Post} post */
  function add(post) {
    const view = threadView(post, { answer, takeBack: (each) => void takeBack(each) });
    shown.set(post.id, view);
    view.close(closed);
    list.append(view.content);
    return view;
  }

  async function read() {
    update(await api.posts(id));
  }

  /** @param {Record<string, string>} wish */
  async function write(wish) {
    const made = await api.post(id, { name: host.name(), ...wish });
    await read().catch(host.told);
    announce("Posted.");
    const row = /** @type {HTMLElement | null} */ (list.querySelector(`[data-post="${CSS.escape(made.id)}"]`));
    row?.focus();
    row?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Post} post @param {string} question @param {string} text */
  function answer(post, question, text) {
    return write({ text, question, reply_to: post.id });
  }

  /** @param {Post} post */
  async function takeBack(post) {
    const sure = await confirmed({
      title: post.yours ? "Take back your post?" : `Take back the post of ${post.name}?`,
      text: [post.reply_to ? "It is deleted for good." : "It is deleted for good, with the answers to it."],
      yes: "Take it back",
      no: "Leave it",
    });
    if (!sure) return;
    try {
      await api.takeBackPost(id, post.id);
    } catch (failure) {
      return host.told(failure);
    }
    await read().catch(host.told);
    announce("Taken back.");
    heading.focus();
  }

  /** @param {boolean} to */
  function close(to) {
    closed = to;
    for (const each of shown.values()) each.close(to);
  }

  return { content, read, close, write: (/** @type {string} */ text) => write({ text }), begun: () => [...shown.values()].some((each) => each.begun()) };
}
