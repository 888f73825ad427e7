// Where a story goes on after this part.

import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { nextAct } from "../screens/library.js";
import { actWords } from "../screens/words.js";

/**
 * @param {import("../screens/report.js").About} about
 * @param {readonly import("../types/api.js").CaseCard[]} cases the library
 */
export function onward({ detail }, cases) {
  const next = nextAct(cases, detail);
  if (!next?.unfolding) return null;
  return h(
    "section",
    { class: "card stack" },
    h("h2", null, actWords(next.unfolding)),
    h("p", null, `The story goes on in “${next.title}”. What it remembers of this part is told before you go in, and can be left out.`),
    h("p", null, h("a", { class: "button", href: to.case(next.case_id) }, "Go on to the next part")),
  );
}
