// Typed turns that the server has not acknowledged: kept, also over a reload, and sent again with the same id.

/** @typedef {{id: string, text: string}} Message */
/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Store */

export class Outbox {
  /**
   * @param {string} encounter
   * @param {Store | null} store where it outlives a reload; null for nowhere
   */
  constructor(encounter, store) {
    this.key = `bedside.outbox.${encounter}`;
    this.store = store;
    /** @type {Message[]} */
    this.waiting = this.load();
  }

  /** @returns {Message[]} */
  load() {
    try {
      const kept = JSON.parse(this.store?.getItem(this.key) ?? "[]");
      return Array.isArray(kept) ? kept.filter((each) => typeof each?.id === "string" && typeof each?.text === "string") : [];
    } catch {
      return [];
    }
  }

  /** @param {Message} message */
  add(message) {
    this.waiting = [...this.waiting, message];
    this.keep();
  }

  /** The server has it, or will never take it. @param {string | null | undefined} id */
  settle(id) {
    if (!this.waiting.some((each) => each.id === id)) return false;
    this.waiting = this.waiting.filter((each) => each.id !== id);
    this.keep();
    return true;
  }

  keep() {
    try {
      if (this.waiting.length) this.store?.setItem(this.key, JSON.stringify(this.waiting));
      else this.store?.removeItem(this.key);
    } catch {
      // no storage here: the message lives as long as the page
    }
  }
}
