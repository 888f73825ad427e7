// A learner decides, course by course, whether moments of theirs may be shown there without their name.

import { statusLine } from "../app/parts.js";
import { h } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { playlists } from "./calls.js";

/** A part of the page about one's own data; nothing for who learns in no course. @returns {Promise<HTMLElement | null>} */
export async function mayBeShown() {
  const courses = await playlists.mayShow();
  if (!courses.length) return null;
  const line = statusLine();
  const choices = courses.map(({ course_id, title, may_show }) => {
    const box = h("input", { type: "checkbox", checked: may_show, onchange: () => void decide() });
    async function decide() {
      try {
        await playlists.decide(course_id, box.checked);
        line.say(box.checked ? `Agreed for ${title}.` : `Not shown in ${title} any more.`);
      } catch (failure) {
        box.checked = !box.checked;
        line.fail(messageOf(failure));
      }
    }
    return h("li", null, h("label", { class: "row" }, box, title));
  });
  const id = "may-be-shown";
  return h(
    "section",
    { class: "stack", "aria-labelledby": id },
    h("h2", { id }, "May moments of yours be shown to the group?"),
    h("p", null, "In a debriefing teachers may show a moment of a conversation on the wall, or quote a sentence that went well. Tick a course to allow it there. Your name is not shown, and where it was said it is taken out. What you say of yourself otherwise, and how you write, may still tell who you are. It changes no mark, and you may take it back at any time: from then on nothing of yours is shown."),
    h("ul", { class: "plain stack-tight" }, ...choices),
    line.element,
  );
}
