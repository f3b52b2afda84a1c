/** Any value that JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * Reads the format in which n8n keeps execution data: a JSON array of values in which every text inside a list or an
 * object is the index of the value meant, so that a value occurring twice is stored once and cycles can be written.
 * @param text the stored data
 * @returns the value at index 0 with all others in their places
 */
export function parseFlatted(text: string): unknown {
  const stored = JSON.parse(text) as Json[];
  const known = new Map<number, unknown>();

  const at = (index: number): unknown => {
    if (known.has(index)) return known.get(index);
    const value = stored[index];
    if (Array.isArray(value)) {
      const list: unknown[] = [];
      known.set(index, list);
      for (const entry of value) list.push(resolve(entry));
      return list;
    }
    if (value !== null && typeof value === 'object') {
      const object: Record<string, unknown> = {};
      known.set(index, object);
      for (const [key, entry] of Object.entries(value)) object[key] = resolve(entry);
      return object;
    }
    return value;
  };
  const resolve = (entry: Json): unknown => (typeof entry === 'string' ? at(Number(entry)) : entry);

  return at(0);
}
