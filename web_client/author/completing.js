// What may stand at a place of a case's text: its fields and words, from the JSON Schema. Pure.

/** @typedef {import("../types/author.js").Completion} Completion */
/** @typedef {{path: string[], key: string}} Place `path`: the mapping round the cursor; `key`: whose value is being written, empty for a name */

/** Fields whose values are ids of other parts, and of which kinds. @type {Record<string, string[]>} */
const IDS = {
  reveal: ["fact"], must_not_reveal: ["fact"], reveals: ["fact"], follows: ["fact"], facts: ["fact"],
  beat: ["beat"], beats: ["beat"], if_not: ["beat"], after: ["beat"], do: ["action"],
};

/**
 * Where the cursor is, read from the indentation; inside `{ }` of one line, its nearest name.
 * @param {readonly string[]} lines
 * @param {number} row from 0
 * @param {number} column from 0
 * @returns {Place}
 */
export function placeAt(lines, row, column) {
  const before = (lines[row] ?? "").slice(0, column);
  const inside = before.lastIndexOf("{") > before.lastIndexOf("}") ? before.slice(before.lastIndexOf("{") + 1) : null;
  const path = pathTo(lines, row, indentOf(before));
  if (inside !== null) {
    const owner = /([\w-]+):\s*\{[^{]*$/.exec(before);
    const whole = owner?.[1] ? [...path, owner[1]] : before.trimStart().startsWith("-") ? [...path, "0"] : path;
    return { path: whole, key: /([\w-]+):\s*[^,]*$/.exec(inside)?.[1] ?? "" };
  }
  const named = /^[\s-]*([\w-]+):\s+\S*$/.exec(before) ?? /^[\s-]*([\w-]+):\s*\[[^\]]*$/.exec(before);
  const item = /^\s*-\s+[^:]*$/.test(before) && !named;
  if (item) return { path: [...path, "0"], key: "" };
  return { path: before.trimStart().startsWith("- ") ? [...path, "0"] : path, key: named?.[1] ?? "" };
}

/** Names of the mappings round a line, outermost first; every place of a list is `0`. @param {readonly string[]} lines @param {number} row @param {number} indent */
function pathTo(lines, row, indent) {
  /** @type {string[]} */
  const path = [];
  let within = indent;
  for (let at = row - 1; at >= 0 && within > 0; at -= 1) {
    const line = lines[at] ?? "";
    if (!line.trim() || line.trimStart().startsWith("#")) continue;
    const blank = line.length - line.trimStart().length;
    const dashed = line.trimStart().startsWith("- ");
    const name = /^[\s-]*([\w-]+):/.exec(line)?.[1];
    if (dashed && blank + 2 <= within && blank < within) {
      if (name && blank + 2 < within) path.unshift(name);
      path.unshift("0");
      within = blank;
      const owner = ownerOf(lines, at, blank);
      if (owner.name) path.unshift(owner.name);
      within = owner.indent;
    } else if (!dashed && blank < within && name) {
      path.unshift(name);
      within = blank;
    }
  }
  return path;
}

/** The name whose list a dash belongs to; a list may stand as far out as its name. @param {readonly string[]} lines @param {number} row @param {number} indent */
function ownerOf(lines, row, indent) {
  for (let at = row - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? "";
    const name = /^\s*([\w-]+):\s*(#.*)?$/.exec(line)?.[1];
    const blank = line.length - line.trimStart().length;
    if (name && blank <= indent) return { name, indent: blank };
    const dashedName = /^\s*-\s+([\w-]+):\s*$/.exec(line)?.[1];
    if (dashedName && blank + 2 <= indent) return { name: dashedName, indent: blank + 2 };
  }
  return { name: "", indent: 0 };
}

/** @param {string} line */
function indentOf(line) {
  return line.length - line.trimStart().length;
}

/**
 * The part of a schema at a path; undefined where it says nothing.
 * @param {any} schema the whole
 * @param {readonly string[]} path
 */
export function schemaAt(schema, path) {
  let here = meant(schema, schema);
  for (const name of path) {
    const next = /^\d+$/.test(name) && here?.items ? here.items : (here?.properties?.[name] ?? here?.additionalProperties);
    here = typeof next === "object" ? meant(schema, next) : undefined;
  }
  return here;
}

/** What a reference or a choice stands for. @param {any} schema @param {any} part @returns {any} */
function meant(schema, part) {
  if (part?.$ref) return { ...meant(schema, schema.$defs?.[part.$ref.split("/").pop()]), description: part.description };
  const real = part?.anyOf?.find((/** @type {any} */ each) => each.$ref || each.enum || each.type === "object");
  return real ? { ...part, ...meant(schema, real) } : part;
}

/**
 * @param {any} schema of a case
 * @param {readonly string[]} lines
 * @param {number} row
 * @param {number} column
 * @param {readonly {id: string, kind: string}[]} known parts of this case
 * @returns {Completion[]}
 */
export function completionsAt(schema, lines, row, column, known) {
  const { path, key } = placeAt(lines, row, column);
  if (!key && path.length > 2 && IDS[path.at(-2) ?? ""] && path.at(-1) === "0") return idsFor(path.at(-2) ?? "", known);
  const here = schemaAt(schema, path);
  if (!key) return [...namesOf(schema, here), ...wordsOf(here)];
  const value = schemaAt(schema, [...path, key]);
  return [...idsFor(key, known), ...wordsOf(value?.items ? meant(schema, value.items) : value)];
}

/** @param {string} key @param {readonly {id: string, kind: string}[]} known */
function idsFor(key, known) {
  const kinds = IDS[key] ?? [];
  return known.filter((each) => kinds.includes(each.kind)).map(({ id, kind }) => ({ caption: id, value: id, meta: kind }));
}

/** @param {any} schema @param {any} here @returns {Completion[]} */
function namesOf(schema, here) {
  return Object.entries(here?.properties ?? {}).map(([name, part]) => {
    const { type } = meant(schema, part) ?? {};
    return { caption: name, value: `${name}: `, meta: here.required?.includes(name) ? "needed" : (type ?? "") };
  });
}

/** @param {any} here @returns {Completion[]} */
function wordsOf(here) {
  const words = here?.enum ?? (here?.type === "boolean" ? ["true", "false"] : []);
  return words.map((/** @type {unknown} */ word) => ({ caption: String(word), value: String(word), meta: "" }));
}
