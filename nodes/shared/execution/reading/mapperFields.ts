import type { IDataObject } from 'n8n-workflow';

import { columnReader, type ColumnReader } from './simpleExpressions';

/** One field that somebody filled in, and how to read it for an item. */
export interface MapperField {
  readonly name: string;
  /** As it stands in the workflow. */
  readonly stored: unknown;
  /** The parameter as n8n knows it. */
  readonly path: string;
  readonly read: ColumnReader | undefined;
}

/** Made once for a run: what stands in the workflow is the same object for all its items. */
const known = new WeakMap<IDataObject, readonly MapperField[]>();

/**
 * The fields of a resource mapper in which something was entered, the same for all items of a run.
 *
 * @param parameter the mapper's name
 */
export function mapperFields(parameter: string, entered: IDataObject): readonly MapperField[] {
  const fields = known.get(entered) ?? fieldsOf(parameter, entered);
  known.set(entered, fields);
  return fields;
}

function fieldsOf(parameter: string, entered: IDataObject): readonly MapperField[] {
  return (
    Object.entries(entered)
      // Null is how the editor stores a field that nobody filled in.
      .filter(([, stored]) => stored !== null && stored !== undefined)
      .map(([name, stored]) => ({
        name,
        stored,
        path: `${parameter}.value${step(name)}`,
        read: typeof stored === 'object' || isExpression(stored) ? columnReader(stored) : () => stored,
      }))
  );
}

function isExpression(stored: unknown): boolean {
  return typeof stored === 'string' && stored.startsWith('=');
}

/** One step of a path as n8n reads it: names with dots in them need brackets. */
function step(name: string): string {
  return /^[\w$]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
