// A long task on a page: a button that begins it, a bar while it is at work, and where its result is read. The server
// works on it whether or not anybody looks, so the page can be left; whoever comes back finds it again.

import { progress, statusLine } from "../app/parts.js";
import { announce } from "../app/announcer.js";
import { h, say } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { inWords, isOpen, shareOf, tasks } from "./calls.js";

/** @typedef {import("./calls.js").Task} Task */

const LOOK_EVERY_MS = 1000;

/**
 * @param {{kind: string, about?: string, begin: string, again?: string, label?: string, read?: string,
 *   asked?: () => Record<string, unknown>, sure?: () => Promise<boolean>, over?: (task: Task) => void}} parts
 *   `begin`, `again`: the button before the first time, and later; `label`: of the bar; `read`: the link to the result;
 *   `asked`: how it is to be done, asked when the button is pressed; `sure`: what is asked first, false begins nothing; `over`: called when one that was seen at work ends
 * @returns {HTMLElement}
 */
export function taskProgress({ kind, about = "", begin, again = "Do it again", label = "", read = "Read the result", asked = () => ({}), sure, over }) {
  const bar = progress(label || begin);
  const line = statusLine();
  const button = h("button", { class: "button", type: "button", onclick: () => void pressed() }, begin);
  const stop = h("button", { class: "button quiet", type: "button", onclick: () => void stopped() }, "Stop");
  const link = h("a", { class: "button quiet", href: "#/" }, read);
  const leave = h("p", { class: "soft" }, "This goes on when you leave the page. Come back to see what came of it.");
  const element = h("div", { class: "task stack-tight" }, bar.element, leave, line.element, h("p", { class: "row" }, button, stop, link));
  /** @type {Task | null} */
  let shown = null;
  let failing = false;

  /** @param {Task | null} task */
  function show(task) {
    const open = task !== null && isOpen(task);
    const ended = shown !== null && isOpen(shown) && !open;
    shown = task;
    for (const each of [bar.element, leave, stop]) each.hidden = !open;
    button.hidden = open;
    link.hidden = !task?.page;
    say(button, task ? again : begin);
    if (!task) return;
    link.href = task.page || "#/";
    if (open) return bar.set(shareOf(task), inWords(task));
    line[task.state === "failed" ? "fail" : "say"](`${inWords(task)} ${when(task.moved_at)}`);
    if (ended) announce(`${task.title}: ${inWords(task)}`);
    if (ended) over?.(task);
  }

  async function pressed() {
    if (sure && !(await sure())) return;
    button.setAttribute("aria-disabled", "true");
    try {
      const task = await tasks.begin(kind, about, asked());
      line.say(task.yours ? "" : `Somebody else had begun this already (${task.title}); here is how far it is.`);
      follow(task);
      if (isOpen(task)) stop.focus();
    } catch (failure) {
      line.fail(messageOf(failure));
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }

  async function stopped() {
    try {
      if (shown) show(await tasks.stop(shown.id));
      button.focus();
    } catch (failure) {
      line.fail(messageOf(failure));
    }
  }

  /** Look until it is over, or the page is left. @param {Task} task */
  function follow(task) {
    show(task);
    if (isOpen(task)) setTimeout(() => void look(task.id), LOOK_EVERY_MS);
  }

  /** @param {string} id */
  async function look(id) {
    if (!element.isConnected || shown?.id !== id || !isOpen(shown)) return;
    try {
      const found = await tasks.read(id);
      if (failing) line.say("");
      failing = false;
      if (shown?.id === id && isOpen(shown)) follow(found);
    } catch (failure) {
      failing = true;
      line.fail(messageOf(failure));
      if (/** @type {{status?: number}} */ (failure).status === 404) show(null);
      else setTimeout(() => void look(id), 5 * LOOK_EVERY_MS);
    }
  }

  show(null);
  tasks.about(kind, about).then((found) => found[0] && shown === null && follow(found[0]), (failure) => line.fail(messageOf(failure)));
  return element;
}

/** @param {string} moment */
function when(moment) {
  return new Date(moment).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
