// The question that rooms of the encounter ask; the part itself is app/parts/dialogs.js.

export { confirmed } from "../app/parts.js";
