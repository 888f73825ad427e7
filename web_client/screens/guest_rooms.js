// The rooms that guests come to, and what each is called.

import { api } from "../app/api.js";
import { to } from "../app/routes.js";

/** @type {import("./guest_door.js").GuestRoom} */
export const WATCHING = {
  key: "bedside.watching",
  eyebrow: "Watching",
  here: "You are here to watch",
  opens: "Your invitation opens one encounter and its questions, and nothing else.",
  back: "Back to watching",
  again: "Ask the learner for another.",
  to: to.watch,
  seen: (id) => api.watching(id),
};

/** @type {import("./guest_door.js").GuestRoom} */
export const MARKING = {
  key: "bedside.marking",
  eyebrow: "Marking",
  here: "You are here to mark",
  opens: "Your invitation opens one encounter, its words and its questions, and nothing else.",
  back: "Back to marking",
  again: "Ask for another link: marks that were saved are kept.",
  to: to.mark,
  seen: (id) => api.marking(id),
};

/** @type {import("./guest_door.js").GuestRoom} */
export const POSTING = {
  key: "bedside.board",
  eyebrow: "Reflection board",
  here: "You are here for one board",
  opens: "Your code opens one reflection board, and nothing else.",
  back: "Back to the board",
  to: to.board,
};
