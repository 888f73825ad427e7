// Backups: make one while encounters go on, take it elsewhere, and how one is put back.

import { confirmed, emptyState, section, statusLine, table } from "../app/parts.js";
import { h, redraw } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { taskProgress } from "../tasks/progress.js";
import { house, size, when } from "./calls.js";

/** @returns {Promise<HTMLElement>} */
export async function backupsPart() {
  const line = statusLine();
  const files = h("div", { class: "stack" });
  const restoring = h("div", { class: "stack-tight" });

  async function look() {
    const found = await house.backups();
    redraw(files, { files: found.files, folder: found.folder }, (shown) => listed(shown, drop));
    redraw(restoring, found.restore, howToRestore);
    return found;
  }

  const lookAgain = () => void look().catch((failure) => line.fail(messageOf(failure)));

  /** @param {string} name */
  async function drop(name) {
    const text = [`${name} is deleted for good. What it holds can then not be brought back from it.`];
    if (!(await confirmed({ title: "Delete this backup?", text, yes: "Delete it", no: "Keep it" }))) return;
    try {
      await house.dropBackup(name);
      await look();
      line.say(`${name} was deleted.`);
    } catch (failure) {
      line.fail(messageOf(failure));
    }
  }

  const found = await look();
  const make = found.possible
    ? taskProgress({ kind: "backup", begin: "Back up now", again: "Back up now", label: "Backing up", over: lookAgain })
    : h("p", { class: "note" }, found.why_not);
  return h(
    "div",
    { class: "stack-wide" },
    section("Make a backup", h("p", null, "One file with every account, course, case and encounter as they are at this moment. Encounters go on meanwhile. It is unpacked and checked before it is called done."), make),
    section("Backups here", files, line.element),
    section("Put one back", restoring),
  );
}

/** @param {{files: import("./calls.js").Backup[], folder: string}} found @param {(name: string) => Promise<void>} drop */
function listed({ files, folder }, drop) {
  if (!files.length) return emptyState({ title: "No backup yet", text: "Make the first one above, or have one made every night under Keeping.", hint: `They are kept in ${folder}, readable by the user that runs Bedside only.` });
  return table({
    caption: `In ${folder}`,
    columns: [
      { head: "Made", names: true, cell: (each) => when(each.made_at), by: (each) => each.made_at },
      { head: "Size", number: true, cell: (each) => size(each.size), by: (each) => each.size },
      { head: "Removed by itself", cell: (each) => when(each.expires_at) },
      { head: "File", cell: (each) => h("a", { href: `/api/house/backups/${encodeURIComponent(each.name)}`, download: each.name }, each.name) },
      { head: "Delete", quiet: true, cell: (each) => h("button", { class: "button small quiet", type: "button", "aria-label": `Delete the backup of ${when(each.made_at)}`, onclick: () => void drop(each.name) }, "Delete") },
    ],
    rows: files,
  });
}

/** @param {string} command */
function howToRestore(command) {
  return [
    h("p", null, "With the service stopped, in a terminal. Everything is checked before anything is replaced, and what was there is kept beside it:"),
    h("p", null, h("code", { class: "breakable" }, command || "./bedside restore FILE")),
    h("p", { class: "soft" }, "Whoever was erased after the backup was made is back then; the command names them, so that they can be erased again. Settings, pulled models and the start link are in no backup: the command says what is missing on a new machine."),
    h("p", { class: "note" }, "The file is not encrypted: whoever has it can read everything that was ever said here. Before it leaves this machine, encrypt it, for example with ", h("code", null, "gpg --symmetric FILE"), " (docs/backup.md)."),
  ];
}
