// What the server is asked about long tasks, and their words. The words are pure.

import { ask } from "../app/api.js";

/**
 * @typedef {{id: string, kind: string, about: string, title: string, state: "waiting" | "running" | "done" | "failed" | "stopped",
 *   ahead: number, silent_s: number, done: number, of: number, doing: string, why: string, page: string, yours: boolean, made_at: string, moved_at: string}} Task
 * @typedef {Task & {asked: Record<string, unknown>, result: any}} TaskResult
 */

const part = encodeURIComponent;

export const tasks = {
  /** @param {string} kind @param {string} about @param {Record<string, unknown>} asked @returns {Promise<Task>} */
  begin: (kind, about, asked = {}) => ask("POST", "/api/tasks", { kind, about, asked }),
  /** @returns {Promise<Task[]>} newest first */
  mine: () => ask("GET", "/api/tasks"),
  /** @param {string} kind @param {string} about @returns {Promise<Task[]>} newest first, whoever began them */
  about: (kind, about) => ask("GET", `/api/tasks?kind=${part(kind)}&about=${part(about)}`),
  /** @param {string} id @returns {Promise<TaskResult>} */
  read: (id) => ask("GET", `/api/tasks/${part(id)}`),
  /** @param {string} id @returns {Promise<Task>} */
  stop: (id) => ask("DELETE", `/api/tasks/${part(id)}`),
};

/** Without a sign of life for so long, whoever works on it may be gone. */
const SILENT_S = 15;

/** Whether it is still being worked on, or will be. @param {Task} task */
export function isOpen(task) {
  return task.state === "waiting" || task.state === "running";
}

/** Where it stands, in words. @param {Task} task */
export function inWords(task) {
  if (isOpen(task) && task.silent_s >= SILENT_S) return `No sign of life for ${task.silent_s} seconds: what worked on it may have stopped. After two minutes it is given up, and can be begun again.`;
  if (task.state === "waiting") return task.ahead ? `Waiting: ${task.ahead} ${task.ahead === 1 ? "task comes" : "tasks come"} before it.` : "Waiting for another task to end.";
  if (task.state === "running") return [task.doing, task.of ? `${task.done} of ${task.of}` : ""].filter(Boolean).join(", ") || "Beginning.";
  if (task.state === "done") return "Done.";
  return task.why || (task.state === "failed" ? "It failed." : "It was stopped.");
}

/** How much of it is done, from 0 to 1; null while nobody knows. @param {Task} task */
export function shareOf(task) {
  if (task.state === "done") return 1;
  return task.of ? task.done / task.of : null;
}
