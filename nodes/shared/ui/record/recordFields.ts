import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../../campaign/error';
import type { FieldRules } from '../../campaign/fields/prepareFields';
import type { CampaignInstance } from '../../campaign/instance';
import type { RecordReference } from '../../campaign/find/references';
import type { CampaignResource } from '../../campaign/urls';
import type { Item } from '../../execution/item';
import { fieldsFromProperty, fieldsJsonProperty, fieldsMapper, isJson, matchedValue, requireValues, readGivenFields } from './givenFields';
import { NO_LINKS, type GivenLinks, type RecordKind } from './recordKind';

/** The fields to write, whose record, and how strictly to take them. */
export interface RecordFields {
  readonly reference: RecordReference;
  readonly values: Readonly<Record<string, unknown>>;
  readonly links: GivenLinks;
  readonly rules: Omit<FieldRules, 'api'>;
}

/** Which record to change and which fields, as a form built from Campaign's metadata or as JSON. */
export function recordFieldsProperties(kind: RecordKind): INodeProperties[] {
  const { locator, noun } = kind;
  const { displayName: title, name: chosen } = locator;
  const matchingColumnOnly = { fieldsFrom: ['mapping'], identifyBy: ['matchingColumn'] };
  const locatorWithMapping = { fieldsFrom: ['mapping'], identifyBy: [chosen] };
  return [
    fieldsFromProperty,
    {
      displayName: `Identify ${title} By`,
      name: 'identifyBy',
      type: 'options',
      noDataExpression: true,
      options: [
        { name: `Chosen ${title}`, value: chosen, description: `Choose the ${noun} from a list, or give its ${kind.ways}` },
        {
          name: 'Matching Column',
          value: 'matchingColumn',
          description: `Let one of the fields say which ${noun} to change. Best for many items: with automatic mapping no expression is needed.`,
        },
      ],
      default: chosen,
      displayOptions: { show: { fieldsFrom: ['mapping'] } },
      description: `How to tell which ${noun} to change`,
    },
    { ...locator, displayOptions: { show: locatorWithMapping } },
    { ...locator, displayOptions: { show: { fieldsFrom: ['json'] } } },
    fieldsMapper(locatorWithMapping, { mode: 'add', addAllFields: false }),
    fieldsMapper(matchingColumnOnly, {
      mode: 'update',
      multiKeyMatch: false,
      matchingFieldsLabels: { title: 'Column to match on', hint: kind.matching.updateHint },
    }),
    fieldsJsonProperty,
    ...(kind.links ? [kind.links.property] : []),
  ];
}

/**
 * Reads the record and fields of one item.
 *
 * @throws CampaignError `invalidInput`, before any request
 */
export function readRecordFields(kind: RecordKind, item: Item, instance: CampaignInstance, resource: CampaignResource): RecordFields {
  const links = kind.links?.read(item) ?? NO_LINKS;
  const { values, matchingColumn, rules } = readGivenFields(item);
  const { locator } = kind;
  const isMatched =
    !isJson(item) && item.choice('identifyBy', `Identify ${locator.displayName} By`, [locator.name, 'matchingColumn']) === 'matchingColumn';
  if (!isMatched)
    return { reference: kind.readReference(item, instance, resource), values: requireValuesOrLinks(values, links), links, rules };

  const { matched, others } = splitMatch(values, matchingColumn, kind.noun);
  const reference = kind.matching.toUpdate(instance, resource, matchingColumn ?? '', matched);
  return { reference, values: requireValuesOrLinks(others, links), links, rules };
}

/** Links alone are something to write, too. */
function requireValuesOrLinks(values: Readonly<Record<string, unknown>>, links: GivenLinks): Readonly<Record<string, unknown>> {
  return links.isEmpty ? requireValues(values) : values;
}

function splitMatch(
  values: Readonly<Record<string, unknown>>,
  column: string | undefined,
  noun: string,
): { matched: unknown; others: Readonly<Record<string, unknown>> } {
  if (!column) {
    throw invalidInput(
      "No column to match on is chosen in 'Fields'",
      `Choose the field that tells which ${noun} to change under 'Column to match on'.`,
    );
  }
  const others = Object.fromEntries(Object.entries(values).filter(([name]) => name !== column));
  return { matched: matchedValue(values, column), others };
}
