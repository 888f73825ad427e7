// Who signs in or out in one tab does so in every tab of the browser. A page that was opened by somebody else sends nothing
// more: what was typed on it would be the other person's.

import { Refused, sendNoMore } from "./api.js";
import { h } from "./dom.js";
import { modal } from "./parts.js";

const WHO = "bedside.who";

/** To the other tabs, where it is somebody else than before. @param {string} id of who is here; empty: nobody */
export function tellTabs(id) {
  try {
    if (localStorage.getItem(WHO) !== id) localStorage.setItem(WHO, id);
  } catch {
    // a private window without storage: the server refuses what somebody else's page sends
  }
}

/** @param {string | null | undefined} opened whose page this is @param {string | null} told who is here now, by another tab */
export function isAnother(opened, told) {
  return Boolean(opened && told && told !== opened);
}

/** @param {() => {id: string} | null} whose page this is */
export function listenToTabs(whose) {
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === WHO && isAnother(whose()?.id, newValue)) void stop();
  });
}

let stopped = false;

async function stop() {
  if (stopped) return;
  stopped = true;
  sendNoMore(new Refused(409, "somebody_else", "Somebody else is signed in now. Reload the page."));
  const { close, closed } = modal(
    "Somebody else is signed in now",
    h("p", null, "They signed in in another tab of this browser. What is not saved on this page is not sent under their name."),
    h("p", null, h("button", { class: "button primary", type: "button", onclick: () => close() }, "Reload the page")),
  );
  await closed;
  location.reload();
}
