// What runs, on what, how full it is, and what mends what is not in order.

import { emptyState, section, statusLine, table } from "../app/parts.js";
import { h } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { counted, house, size, when } from "./calls.js";

/** @typedef {import("./calls.js").Health} Health */

const STATES = { ok: "In order", doubt: "Worth a look", fault: "Needs mending" };
const LOOKS = { ok: "tag good", doubt: "tag", fault: "tag warm" };

/** @returns {Promise<HTMLElement>} */
export async function healthPart() {
  const line = statusLine();
  const place = h("div", { class: "stack-wide" });

  async function look() {
    const told = await house.health();
    place.replaceChildren(whatIsWrong(told.findings.filter((each) => each.state !== "ok")), facts(told), engines(told));
    line.say(`As of ${when(told.server_time)}.`);
  }

  const again = h("button", { class: "button", type: "button", onclick: () => void look().catch((failure) => line.fail(messageOf(failure))) }, "Look again");
  await look();
  return h("div", { class: "stack-wide" }, h("div", { class: "row" }, again, line.element), place);
}

/** @param {import("./calls.js").Finding[]} wrong */
function whatIsWrong(wrong) {
  if (!wrong.length) return emptyState({ title: "Everything is in order", text: "Engines answer, the database is sound, and there is room on the disk." });
  const rows = wrong.map(({ what, state, says }) =>
    h("li", { class: "card stack-tight" }, h("p", { class: "row" }, h("span", { class: LOOKS[state] }, STATES[state]), h("strong", null, what)), h("p", { class: "breakable" }, says)),
  );
  return section("What to look at", h("ul", { class: "plain stack-tight" }, ...rows));
}

/** @param {Health} told */
function facts(told) {
  const { storage, load } = told;
  const kept = storage.kind === "postgresql" ? "In PostgreSQL" : `${size(storage.database_bytes ?? 0)} in ${storage.folder}`;
  const list = [
    ["Version", told.version],
    ["Server's time", when(told.server_time)],
    ["Encounters running", `${told.running} of ${told.capacity}`],
    ["How busy", `processor ${Math.round((load["cpu"] ?? 0) * 100)} %, answers ${Math.round(load["lag_p95_ms"] ?? 0)} ms late${load["refusing"] ? ", new encounters are turned away for now" : ""}`],
    ["Data", kept],
    ["Room left", storage.free_bytes === null ? "not known" : size(storage.free_bytes)],
    ["Backups here", storage.backups ? `${counted(storage.backups, "file")}, the newest of ${when(storage.newest_backup)}` : "none"],
  ];
  const pairs = list.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", { class: "breakable" }, value)));
  return section("The house now", h("dl", { class: "facts wide" }, ...pairs));
}

/** @param {Health} told */
function engines({ engines: list }) {
  const shown = table({
    caption: "Engines of this service",
    hideCaption: true,
    columns: [
      { head: "Part", names: true, cell: (each) => each.part },
      { head: "Engine", cell: (each) => `${each.name} ${each.version}` },
      { head: "Where", cell: (each) => (each.host ? `${each.host} is sent what is said` : each.kind === "embedded" ? "comes with Bedside" : "on this machine") },
      { head: "State", cell: (each) => h("span", { class: each.ready ? "tag good" : "tag warm" }, each.ready ? "Ready" : "Not ready") },
      { head: "Worth knowing", cell: (each) => each.notice || "-" },
    ],
    rows: list,
  });
  const more = h("p", { class: "soft" }, "Which models could be fetched for this machine, and which model servers are near, says ", h("code", null, "./bedside doctor"), " in a terminal.");
  return section("Engines", shown, more);
}
