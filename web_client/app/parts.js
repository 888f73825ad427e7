// What pages are made of, and where each part stands: import from here. Looks: style/parts.css and style/controls.css.

export { confirmed, modal } from "./parts/dialogs.js";
export { field, form } from "./parts/fields.js";
export { crumbs, emptyState, pageHead, section } from "./parts/page.js";
export { progress } from "./parts/progress.js";
export { statusLine, toast } from "./parts/status.js";
export { table } from "./parts/table.js";
export { tabs } from "./parts/tabs.js";
