// Where somebody arrives: a student of a course at what is due, everybody else at the cases.

import { homeOf } from "../app/pages.js";
import { whoIsHere } from "../app/shell.js";
import { lobby } from "../screens/lobby.js";
import { assignmentsPage } from "./assignments.js";

export async function startPage() {
  const me = await whoIsHere();
  return homeOf(me?.roles ?? []) === "assignments" ? assignmentsPage() : lobby();
}
