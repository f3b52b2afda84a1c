import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import type { FieldRules } from '../../campaign/fields/prepareFields';
import type { CampaignInstance } from '../../campaign/instance';
import type { RecordReference } from '../../campaign/find/references';
import type { CampaignResource } from '../../campaign/urls';
import type { Item } from '../../execution/item';
import { whileOptions, type OptionCondition } from '../../execution/formerParameters';
import { AS_JSON, fieldsJsonProperties, fieldsMapper, NOT_AS_JSON } from './fieldsProperties';
import { isJson, matchedValue, requireValues, type GivenFields } from './givenFields';
import { NO_LINKS, type GivenLinks, type RecordKind } from './recordKind';

/** The fields to write, whose record, and how strictly to take them. */
export interface RecordFields {
  readonly reference: RecordReference;
  /** The column that says whose record it is; undefined where that is chosen. */
  readonly column?: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly links: GivenLinks;
  readonly rules: Omit<FieldRules, 'api'>;
}

const BY_COLUMN: OptionCondition = { is: ['matchingColumn'] };
const BY_LOCATOR: OptionCondition = { isNot: ['matchingColumn'] };

/** The resource that is written to, and the fields as they were given. */
export interface WrittenTo {
  readonly instance: CampaignInstance;
  readonly resource: CampaignResource;
  readonly given: GivenFields;
}

/** Which record to change and which fields, as a form built from Campaign's metadata or as JSON. */
export function recordFieldsProperties(kind: RecordKind): INodeProperties[] {
  const { locator, matching } = kind;
  const columns = { title: 'Column to match on', hint: matching.updateHint };
  return [
    ...whileOptions({ identifyBy: BY_LOCATOR }, locator),
    // A JSON object has no columns: there the locator always counts.
    ...whileOptions({ fieldsFrom: AS_JSON, identifyBy: BY_COLUMN }, locator),
    ...whileOptions({ fieldsFrom: NOT_AS_JSON, identifyBy: BY_LOCATOR }, fieldsMapper({ mode: 'add', addAllFields: false })),
    ...whileOptions(
      { fieldsFrom: NOT_AS_JSON, identifyBy: BY_COLUMN },
      fieldsMapper({ mode: 'update', multiKeyMatch: false, matchingFieldsLabels: columns }),
    ),
    ...fieldsJsonProperties,
    ...(kind.links ? [kind.links.property] : []),
  ];
}

/** How to tell which record to change, for the Options collection. */
export function identifyByOption({ locator: { displayName: title, name: chosen }, noun, ways }: RecordKind): INodeProperties {
  return {
    displayName: `Identify ${title} By`,
    name: 'identifyBy',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: `Chosen ${title}`, value: chosen, description: `Choose the ${noun} from a list, or give its ${ways}` },
      {
        name: 'Matching Column',
        value: 'matchingColumn',
        description: `Let one of the fields say which ${noun} to change. Best for many items: with automatic mapping no expression is needed.`,
      },
    ],
    default: chosen,
    description: `How to tell which ${noun} to change. JSON has no columns.`,
  };
}

/**
 * Reads the record and fields of one item.
 *
 * @throws CampaignError `invalidInput`, before any request
 */
export function readRecordFields(kind: RecordKind, item: Item, { instance, resource, given }: WrittenTo): RecordFields {
  const links = kind.links?.read(item) ?? NO_LINKS;
  const { values, matchingColumn, rules } = given;
  const { locator } = kind;
  const identifyBy = item.choice('options.identifyBy', `Identify ${locator.displayName} By`, [locator.name, 'matchingColumn']);
  if (isJson(item) || identifyBy !== 'matchingColumn')
    return { reference: kind.readReference(item, instance, resource), values: requireValuesOrLinks(values, links), links, rules };

  const { matched, others } = splitMatch(given, kind.noun);
  const reference = kind.matching.toUpdate(instance, resource, matchingColumn ?? '', matched);
  return { reference, column: matchingColumn, values: requireValuesOrLinks(others, links), links, rules };
}

/** Links alone are something to write, too. */
function requireValuesOrLinks(values: Readonly<Record<string, unknown>>, links: GivenLinks): Readonly<Record<string, unknown>> {
  return links.isEmpty ? requireValues(values) : values;
}

function splitMatch(given: GivenFields, noun: string): { matched: unknown; others: Readonly<Record<string, unknown>> } {
  const { values, matchingColumn: column } = given;
  if (!column) {
    throw invalidInput(
      "No column to match on is chosen in 'Fields'",
      `Choose the field that tells which ${noun} to change under 'Column to match on'.`,
    );
  }
  const others = Object.fromEntries(Object.entries(values).filter(([name]) => name !== column));
  return { matched: matchedValue(given, column), others };
}
