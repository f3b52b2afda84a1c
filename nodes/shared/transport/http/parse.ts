/** Reads an unknown value's properties; a value without any has none. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** Headers with their names in lower case, and one text for each. */
export function parseHeaders(headers: unknown): Record<string, string> {
  const parsed: Record<string, string> = {};
  const given = asObject(headers);
  for (const name of Object.keys(given)) parsed[name.toLowerCase()] = String(given[name]);
  return parsed;
}
