// A file that somebody chose, as text: refused by its size before a byte of it is read.

import { Refused } from "../app/api.js";

const MOST = 262_144;

/** @param {File | null} file @returns {Promise<string>} throws `Refused` with what to do */
export async function readUpload(file) {
  if (!file) throw new Refused(422, "no_file", "Choose a file first.", "text");
  if (file.size > MOST) throw new Refused(413, "too_large", `This file is ${file.size.toLocaleString()} bytes; the limit is ${MOST.toLocaleString()}.`, "text");
  if (!file.size) throw new Refused(422, "empty", "This file is empty.", "text");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Refused(422, "not_utf8", "This file is not UTF-8. Save it as UTF-8 and choose it again.", "text");
  }
}

/** Give a text to the browser as a file. @param {string} name @param {string} text */
export function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
