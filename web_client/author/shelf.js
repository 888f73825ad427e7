// Where a browser keeps what one author has typed in one file and not saved: another account in the same browser has
// another place.

/** @typedef {{get: () => string | null, put: (text: string) => void, drop: () => void}} Shelf */

/** @param {string} file @param {string} account ids @returns {Shelf} */
export function shelfOf(file, account) {
  const key = `bedside.case-file.${account}.${file}`;
  const trying = (/** @type {() => any} */ work) => {
    try {
      return work();
    } catch {
      return null; // a private window without storage, or a full one
    }
  };
  return {
    get: () => trying(() => localStorage.getItem(key)),
    put: (text) => trying(() => localStorage.setItem(key, text)),
    drop: () => trying(() => localStorage.removeItem(key)),
  };
}
