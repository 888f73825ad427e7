// Whether trying again by itself may help: the line was down, or the server was busy; not what the server has decided.

import { Refused } from "./api.js";

/** @param {unknown} error */
export function mayPass(error) {
  return !(error instanceof Refused) || error.status < 400 || error.status === 429 || error.status >= 500;
}
