import type { IDataObject } from 'n8n-workflow';

import { invalidInput } from '../error';
import { convertValue } from '../fields/values';
import type { FieldKind } from '../metadata';
import { isObject, ownValue } from '../records';
import { show } from '../scalars';
import type { Activity } from './workflows';

/** An activity that takes signals. */
export type SignalActivity = Activity & { readonly trigger: string };

/** The types that the parameters of a signal can have (Adobe: "Triggering a signal activity"). */
const KINDS: ReadonlyMap<unknown, FieldKind> = new Map<unknown, FieldKind>([
  ['string', 'string'],
  ['number', 'number'],
  ['boolean', 'boolean'],
  ['datetime', 'datetime'],
]);

/**
 * The parameters of a signal in the types that the workflow declares for them, where Campaign tells: Campaign Standard does (Adobe:
 * "Limitations"). What it does not declare goes as it is: Campaign's own words say best what is wrong with it.
 *
 * @throws CampaignError `invalidInput` for a value that means nothing in the declared type
 */
export function declaredForm(
  { parameters, zone }: { readonly parameters: IDataObject; readonly zone: string },
  { attributes }: SignalActivity,
): IDataObject {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const kind = KINDS.get(isObject(attributes.parameters) ? ownValue(attributes.parameters, name) : undefined);
      if (kind === undefined) return [name, value];
      const conversion = convertValue({ name, label: name, kind, readOnly: false, sortable: false, values: [] }, value, zone);
      if ('value' in conversion) return [name, conversion.value];
      throw invalidInput(
        `'${name}' is declared as ${kind} in the workflow and takes ${conversion.wanted}, not ${show(value)}`,
        `Nothing was sent. ${conversion.advice ?? 'Correct the value.'}`,
      );
    }),
  );
}

const WORDS: Readonly<Record<string, string>> = { string: 'text', number: 'a number', boolean: 'true or false' };

/** What to look at where Campaign refuses parameters: Campaign v8 tells nobody which types it wants. */
export function typesAdvice(parameters: IDataObject): string {
  const sent = Object.entries(parameters).map(([name, value]) => `'${name}' as ${WORDS[typeof value] ?? 'JSON'}`);
  return `Names and types have to be those that the workflow declares, and went as ${sent.join(', ')}: in JSON, whatever stands in quotes is text.`;
}
