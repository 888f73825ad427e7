// What one step changed inside a case, as sentences: the difference of two `bedside.debug` messages. Pure.

import { because, STATUS } from "./words.js";

/** @typedef {import("../types/wire.js").Debug} Debug */
/** @typedef {import("../types/wire.js").DebugPerson} DebugPerson */

/**
 * @param {Debug | null} before null for the first
 * @param {Debug} now
 * @returns {string[]}
 */
export function changes(before, now) {
  if (!before) return [];
  return [...people(before, now), ...facts(before, now), ...beats(before, now)];
}

/** @param {Debug} before @param {Debug} now */
function people(before, now) {
  return now.people.flatMap((person) => {
    const old = before.people.find((each) => each.id === person.id);
    return old ? [...state(old, person), ...feelings(old, person)] : [];
  });
}

/** @param {DebugPerson} old @param {DebugPerson} now */
function state(old, now) {
  const moved = Object.entries(now.state).filter(([name, value]) => old.state[name] !== value);
  return moved.map(([name, value]) => `${now.name}: ${name} ${old.state[name]} → ${value}`);
}

/** @param {DebugPerson} old @param {DebugPerson} now */
function feelings(old, now) {
  const mood = old.mood !== now.mood ? [`${now.name}: mood ${old.mood || "none"} → ${now.mood || "none"}`] : [];
  const place = old.present !== now.present ? [`${now.name} ${now.present ? "came in" : "went out"}`] : [];
  return [...place, ...mood];
}

/** @param {Debug} before @param {Debug} now */
function facts(before, now) {
  return now.facts.flatMap((fact) => {
    const old = before.facts.find((each) => each.id === fact.id);
    if (!old) return [];
    if (fact.told && !old.told) return [`${fact.id} was told`];
    if (fact.open !== old.open) return [`${fact.id} ${fact.open ? "may be told now" : "is shut again"}`];
    return [];
  });
}

/** @param {Debug} before @param {Debug} now */
function beats(before, now) {
  return now.beats.flatMap((beat) => {
    const old = before.beats.find((each) => each.id === beat.id);
    if (!old || old.status === beat.status) return [];
    if (beat.status === "being_said") return [`${beat.id} is being said: ${because(beat.because)}`];
    if (beat.status === "hidden" && old.status === "next") return [];
    return [`${beat.id}: ${STATUS[beat.status].toLowerCase()}`];
  });
}

/** A turn begins a new part of the log. @param {Debug | null} before @param {Debug} now */
export function isNewTurn(before, now) {
  return Boolean(now.last_turn) && before?.last_turn?.id !== now.last_turn?.id;
}
