import type { IDataObject } from 'n8n-workflow';

import { invalidInput } from '../campaign/error';
import { isObject } from '../campaign/records';

/**
 * Reads a JSON parameter, which is text, or an object where an expression gives one. Blank text is an empty object.
 *
 * @param field the parameter's display name
 * @param advice what to enter instead of what is no object
 * @throws CampaignError `invalidInput`
 */
export function parseJsonObject(value: unknown, field: string, advice: string): IDataObject {
  let parsed: unknown = value;
  if (typeof value === 'string') {
    try {
      parsed = JSON.parse(value.trim() === '' ? '{}' : value);
    } catch (error) {
      throw invalidInput(`'${field}' is not JSON: ${error instanceof Error ? error.message : String(error)}`, advice);
    }
  }
  if (isObject(parsed)) return parsed;
  throw invalidInput(`'${field}' is not a JSON object`, advice);
}
