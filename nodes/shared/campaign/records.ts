import type { IDataObject } from 'n8n-workflow';

import { withExactNumbers } from './numbers';
import type { CampaignInstance } from './instance';
import { isEmpty, numberIn } from './scalars';
import { addressParts, collectionUrl, followable, recordUrl, type CampaignResource } from './urls';

/** A record as Campaign returns it: `PKey`, usually `href`, and the resource's attributes. */
export type CampaignRecord = IDataObject;

/** A record that was found: its address, and its content where finding it already brought that along. */
export interface FoundRecord {
  readonly url: string;
  /** In words, for messages, e.g. `profile with email 'amy@mail.com'`. */
  readonly subject: string;
  readonly record?: CampaignRecord;
  /** Whether the content comes from a list that was read for many look-ups, and may be some seconds or minutes old. */
  readonly isListed?: boolean;
}

/** One page of a list (Adobe: "Pagination"). */
export interface CampaignPage {
  readonly content: readonly CampaignRecord[];
  /** Address of the next page; absent on the last one. */
  readonly next?: string;
  /** How many records the whole list has; Campaign says it at once only where they fit one page. */
  readonly count?: number;
  /** Where Campaign tells how many there are. */
  readonly countUrl?: string;
  /** When the server answered by its own clock, to the second, in ms since 1970. */
  readonly servedAt?: number;
}

/**
 * Reads one record.
 *
 * @param json the parsed answer
 * @param sent the fields of a write that it answers
 * @returns undefined when the answer is no record: a list, a scalar, an object without a PKey, or a record that was not written to
 */
export function parseRecord(json: unknown, sent: IDataObject = {}): CampaignRecord | undefined {
  if (!isObject(json)) return undefined;
  if (typeof json.PKey === 'string' && json.PKey !== '') return mayBeOf(sent, json) ? json : undefined;
  // Adobe's page "Updating profiles with APIs" shows a single profile wrapped in `content`, as the one row of a list.
  const { content, next } = json;
  return Array.isArray(content) && content.length === 1 && next === undefined ? parseRecord(content[0], sent) : undefined;
}

/**
 * Reads one page of a list of records.
 *
 * @returns undefined when the answer is no such page
 */
export function parsePage(json: unknown): CampaignPage | undefined {
  if (!isObject(json) || !Array.isArray(json.content)) return undefined;
  const content: CampaignRecord[] = [];
  for (const row of json.content as unknown[]) {
    if (!isObject(row)) return undefined;
    content.push(row);
  }
  const { count, next } = json;
  if (isObject(next) && !isEmpty(next.href) && typeof next.href !== 'string') return undefined;
  // An address that stands alone is one all the same: without it, the list would end here.
  const address = typeof next === 'string' && next.trim() !== '' ? next : hrefIn(next);
  return { content, next: address, count: countIn(isObject(count) ? count.value : count), countUrl: hrefIn(count) };
}

/** How many there are, where that is a whole number, be it as text; undefined for everything else. */
export function countIn(value: unknown): number | undefined {
  const count = numberIn(value);
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : undefined;
}

/**
 * Whether an answer is the record at an address. A record may come as the only row of a list, but so does what a filter finds: a key that is
 * the name of a filter leads to somebody who happens to be the only one. A row is taken for the record where the address has a PKey, which
 * nothing else has, or where the record shows the key in one of its fields.
 */
export function isRecordAt(url: string, answer: unknown, record: CampaignRecord): boolean {
  return !isObject(answer) || answer === record || showsKey(url, record);
}

/** Whether an address has a PKey, which means one record alone, or the record shows the key of the address in one of its fields. */
export function showsKey(url: string, record: CampaignRecord): boolean {
  const key = keyAt(url).toLowerCase();
  return key.startsWith('@') || Object.values(record).some((value) => textOf(value).trim().toLowerCase() === key);
}

/** What no two records share for long, and no rule of a data model turns into something else. */
const TELLING = ['email', 'name'];

/**
 * Whether an answer to a write may be about the record that was written to. An answer need not show what was sent, and data policies
 * change how it is written. But who shows another email, or several fields and none of them as it was sent, is another record: something
 * in between answers with what it has kept of an earlier request.
 */
function mayBeOf(fields: IDataObject, answer: CampaignRecord): boolean {
  // Blank is not shown: Campaign Standard blanks all that an event was sent with.
  const shown = Object.keys(fields).filter((name) => plainText(ownValue(answer, name)) !== '' && plainText(fields[name]) !== '');
  const telling = shown.filter((name) => TELLING.includes(name));
  const agrees = (name: string): boolean => areAlike(plainText(fields[name]), plainText(answer[name]));
  return telling.length > 0 ? telling.every(agrees) : shown.length < 2 || shown.some(agrees);
}

/** Letters and digits in small letters: what is left of a value whatever a policy does to it, or how it is printed. */
function plainText(value: unknown): string {
  return textOf(value)
    .toLowerCase()
    .replace(/(?<=\d)t(?=\d)|[^\p{L}\p{N}]/gu, '');
}

/** One may be cut, or printed more precisely. */
function areAlike(left: string, right: string): boolean {
  return left.startsWith(right) || right.startsWith(left);
}

/** The key at the end of a record's address, as it reads without encoding. */
export function keyAt(url: string): string {
  const segment = url.split('?')[0]?.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Names and keys that cannot be read in two ways: most are like that. */
const PLAIN = /^[\w@-]+$/;

/**
 * Address of a record that came in a list or as an answer: its href, or one made from its key where it has none, or one that leads
 * anywhere but to one record of the resource: it may be written to, or deleted.
 *
 * @returns undefined where there is neither
 */
export function addressIn(instance: CampaignInstance, { href, PKey }: CampaignRecord, resource: CampaignResource): string | undefined {
  const { api, name } = resource;
  const address = typeof href === 'string' ? recordAddress(instance, href, resource) : undefined;
  return address ?? (typeof PKey === 'string' && PKey.trim() !== '' ? recordUrl(instance, api, name, PKey) : undefined);
}

function recordAddress(instance: CampaignInstance, href: string, resource: CampaignResource): string | undefined {
  if (isPlainRecord(instance, href, resource)) return href;
  const address = followable(instance, href);
  const leadsTo = address === undefined ? undefined : addressParts(instance, address);
  return leadsTo?.resource === resource.name && leadsTo.below === undefined ? address : undefined;
}

function isPlainRecord(instance: CampaignInstance, href: string, { api, name }: CampaignResource): boolean {
  const collection = `${collectionUrl(instance, api, name)}/`;
  return PLAIN.test(instance.organization) && href.startsWith(collection) && PLAIN.test(href.slice(collection.length));
}

/** The address in a link as Campaign prints it, `{ "href": "…" }`; undefined where it is blank. */
export function hrefIn(link: unknown): string | undefined {
  return isObject(link) && typeof link.href === 'string' && link.href.trim() !== '' ? link.href : undefined;
}

/** Those attributes of a record that it has, in the order of `names`. */
export function pick(record: CampaignRecord, names: readonly string[]): CampaignRecord {
  return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(record, name) ? [[name, record[name]] as const] : [])));
}

/** Parses the JSON of an answer, numbers with more digits than JavaScript keeps as text; undefined when it is none. */
export function parseAnswer(text: string): unknown {
  return parseJson(withExactNumbers(text));
}

/** A copy to add to. A spread that something is added to afterwards takes V8 eight times as long, which the output of 100,000 items shows. */
export function copyOf(record: CampaignRecord): CampaignRecord {
  const copy: CampaignRecord = {};
  for (const name of Object.keys(record)) {
    if (name === '__proto__')
      Object.defineProperty(copy, name, { value: record[name], enumerable: true, writable: true, configurable: true });
    else copy[name] = record[name];
  }
  return copy;
}

/** Parses JSON text; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A property that the object itself has. Names come from columns, parameters and answers: `constructor` and `__proto__` are
 * among what every object seems to have.
 */
export function ownValue<Value>(object: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The text of a value that has one: text itself, a number, a switch. Empty for everything else, objects and lists included. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Narrows parsed JSON to an object, arrays excluded. */
export function isObject(value: unknown): value is IDataObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
