import type { IDataObject } from 'n8n-workflow';

import { invalidInput, type CampaignError } from '../../campaign/error';
import { show } from '../../campaign/scalars';
import { columnReader, type ColumnReader } from './simpleExpressions';

/** What a resource mapper asks to be written, and the column that says to which record. */
export interface MappedFields {
  readonly values: Readonly<Record<string, unknown>>;
  /** Undefined where the mapper has no matching columns. */
  readonly matchingColumn?: string;
  /** Whether the values came from the item's own columns rather than from fields that somebody filled in. */
  readonly isAutomatic: boolean;
}

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
        path: `${parameter}.value${pathStep(name)}`,
        read: typeof stored === 'object' || isExpression(stored) ? columnReader(stored) : () => stored,
      }))
  );
}

function isExpression(stored: unknown): boolean {
  return typeof stored === 'string' && stored.startsWith('=');
}

/** One step of a path as n8n reads it: names with dots in them need brackets. */
function pathStep(name: string): string {
  return /^[\w$]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** The error for an expression in place of a whole mapper that gives none. */
export function noMapper(displayName: string, given: unknown): CampaignError {
  return invalidInput(
    `'${displayName}' is one expression that gives ${show(given)}`,
    "Nothing was sent. Set 'Fields From' to 'JSON' and give the object there, or map the fields one by one.",
  );
}

/** The same for an expression in place of its fields. */
export function noMapping(displayName: string, given: unknown): CampaignError {
  return invalidInput(
    `'${displayName}' is one expression that gives ${show(given)}`,
    'Nothing was sent. Let it give an object with field names and values, or map the fields one by one.',
  );
}
