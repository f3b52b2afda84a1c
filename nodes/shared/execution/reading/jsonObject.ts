import type { IDataObject } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import { inexactNumberIn, isPlainObject, toPlainJson } from '../../campaign/fields/plainJson';
import { isObject } from '../../campaign/records';
import { trimmed } from '../../campaign/scalars';

/**
 * Reads a JSON parameter, which is text, or an object where an expression gives one. Blank text is an empty object.
 *
 * @param field the parameter's display name
 * @param advice what to enter instead of what is no object
 * @throws CampaignError `invalidInput`, also for numbers that would lose digits
 */
export function parseJsonObject(value: unknown, field: string, advice: string): IDataObject {
  const parsed = typeof value === 'string' ? parseText(trimmed(value) || '{}', field, advice) : value;
  if (!isPlainObject(parsed)) throw invalidInput(`'${field}' is not a JSON object`, advice);
  return parsed;
}

/** Makes sure that an object arrives as it is. @throws CampaignError `invalidInput` naming what JSON cannot hold */
export function plainObject(object: IDataObject, field: string): IDataObject {
  const plain = toPlainJson(object);
  if ('problem' in plain) {
    throw invalidInput(`'${field}' has ${plain.problem} at '${plain.path}'`, 'Nothing was sent. Correct the value.');
  }
  return isObject(plain.value) ? plain.value : {};
}

function parseText(text: string, field: string, advice: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw invalidInput(
      `'${field}' is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      `${advice} Where values are put into the text, a quote or line break in one of them breaks it: let one expression make the object, e.g. {{ { "name": $json.name } }}.`,
    );
  }
  const inexact = inexactNumberIn(text);
  if (inexact === undefined) return parsed;
  throw invalidInput(
    `'${field}' has the number ${inexact}, which has more digits than are kept`,
    `Nothing was sent. Put it in quotes, so that it is text: "${inexact}".`,
  );
}
