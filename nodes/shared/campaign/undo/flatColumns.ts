import type { IDataObject } from 'n8n-workflow';

import { isEmpty } from '../scalars';

/**
 * The object that a row of a table holds in columns such as `trail.at`: n8n's files have a column for every value, with the way to
 * it as its name.
 *
 * @returns undefined where there are no such columns
 */
export function nested(row: IDataObject, name: string): IDataObject | undefined {
  const parts = columnsBelow(row, name);
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}

/**
 * The list of objects that a row holds in columns such as `changes.0.field`. Other rows may have longer lists: entries whose columns
 * are all blank are theirs. A column that is blank is a value that is empty.
 */
export function listOf(row: IDataObject, name: string): IDataObject[] {
  const entries = new Map<number, Array<readonly [string, IDataObject[string]]>>();
  for (const [path, value] of columnsBelow(row, name)) {
    const [, index, rest = ''] = /^(\d+)\.(.+)$/.exec(path) ?? [];
    if (index === undefined) continue;
    entries.set(Number(index), [...(entries.get(Number(index)) ?? []), [rest, value]]);
  }
  return [...entries]
    .sort(([left], [right]) => left - right)
    .filter(([, columns]) => columns.some(([, value]) => !isEmpty(value)))
    .map(([, columns]) => assemble(columns));
}

function columnsBelow(row: IDataObject, name: string): Array<readonly [string, IDataObject[string]]> {
  return Object.entries(row)
    .filter(([column]) => column.startsWith(`${name}.`))
    .map(([column, value]) => [column.slice(name.length + 1), value]);
}

/** `before` and `before.title` may both be columns: a link in one row, plain text in another. */
function assemble(columns: ReadonlyArray<readonly [string, IDataObject[string]]>): IDataObject {
  const object: IDataObject = {};
  for (const [path, value] of columns) {
    const [head = '', ...deeper] = path.split('.');
    if (deeper.length === 0) object[head] = isEmpty(object[head]) ? value : object[head];
    else if (isEmpty(value)) object[head] ??= null;
    else object[head] = { ...(object[head] as IDataObject | null | undefined), [deeper.join('.')]: value };
  }
  return object;
}
