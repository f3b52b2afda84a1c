/** The value at a path in parsed JSON; undefined where the path ends early. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (node, step) => (typeof node === 'object' && node !== null && Object.hasOwn(node, step) ? Reflect.get(node, step) : undefined),
    value,
  );
}

/** The text at a path; undefined if there is none. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** The rows of a list; null for anything that is no list. */
export function rowsOf(json: unknown): readonly unknown[] | null {
  const content = at(json, 'content');
  return Array.isArray(content) ? content : null;
}

/** A single record, be it bare or the one row of a `content` array. */
export function recordOf(json: unknown): unknown {
  const rows = rowsOf(json);
  return rows === null ? json : rows[0];
}
