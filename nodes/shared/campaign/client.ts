import type { IDataObject } from 'n8n-workflow';

import type { CampaignAnswer, Requester } from '../transport/requester';
import { TransportError, type CampaignRequest } from '../transport/transport';
import { CampaignError, type CampaignErrorReason } from './error';
import type { CampaignInstance } from './instance';
import { parseMetadata, type FieldCatalogue } from './metadata';
import { isObject, parseJson, parsePage, parseRecord, type CampaignPage, type CampaignRecord } from './records';
import { noAnswer, notFound, refusal, unreadable, type RequestSubject } from './refusals';
import { followable, followableUrl, metadataUrl, recordUrl, type ApiName } from './urls';

/** What Campaign returns for a PATCH: a fresh key text and the address that goes with it. */
export type UpdateAnswer = CampaignRecord;

/**
 * Campaign as this package sees it: records, pages, updates and descriptions in, typed values out, every refusal as a
 * `CampaignError`. Lives for one execution and knows nothing of n8n's parameters.
 */
export class CampaignClient {
  private readonly catalogues = new Map<string, Promise<FieldCatalogue>>();

  constructor(
    readonly instance: CampaignInstance,
    private readonly requester: Requester,
  ) {}

  /**
   * GET of one record.
   *
   * @param subject what the record is, in the user's words, for messages
   * @returns undefined when there is no such record
   * @throws CampaignError `unknownKey`, `unreadableAnswer` …
   */
  async find(url: string, subject: string): Promise<CampaignRecord | undefined> {
    const request: CampaignRequest = { method: 'GET', url };
    const answer = await this.exchange(request);
    const error = refusalOf(request, answer, { subject });
    if (error?.details.reason === 'notFound') return undefined;
    if (error) throw error;
    const record = parseRecord(parseJson(answer.body));
    if (!record) throw unreadable(request, answer, `a ${subject}`);
    // Campaign Standard leaves it out here, and here only.
    return record.href === undefined ? { ...record, href: url } : record;
  }

  /** GET of one record that should be there. */
  async retrieve(url: string, subject: string): Promise<CampaignRecord> {
    const record = await this.find(url, subject);
    if (record) return record;
    throw notFound(subject, 404);
  }

  /** GET of one page of a list. */
  async page(url: string, resource: string): Promise<CampaignPage> {
    const request: CampaignRequest = { method: 'GET', url };
    const answer = await this.send(request, { subject: resource });
    const page = parsePage(parseJson(answer.body));
    if (!page) throw unreadable(request, answer, `a list of ${resource}s`);
    return page;
  }

  /**
   * All records of a list, page by page. `next` is followed as it stands; a missing next, an empty page or a `next`
   * that was there before ends the list.
   */
  async *list(url: string, resource: string): AsyncGenerator<CampaignRecord, void, undefined> {
    const seen = new Set<string>();
    for (let next: string | undefined = url; next !== undefined && !seen.has(next); ) {
      seen.add(next);
      const page: CampaignPage = await this.page(next, resource);
      yield* page.content;
      next = page.content.length > 0 && page.next !== undefined ? followableUrl(this.instance, page.next).href : undefined;
    }
  }

  /**
   * PATCH of one record.
   *
   * @returns what Campaign returned; empty when it accepted the change without a word (204, or 200 with no body)
   * @throws CampaignError `rejected`, `outcomeUnknown` …
   */
  async update(url: string, fields: IDataObject, subject: string): Promise<UpdateAnswer> {
    const request: CampaignRequest = { method: 'PATCH', url, body: JSON.stringify(fields) };
    const answer = await this.send(request, { subject, fields: Object.keys(fields) });
    if (answer.body.trim() === '') return {};
    const record = parseRecord(parseJson(answer.body));
    if (!record) throw unreadable(request, answer, 'the updated record');
    return record;
  }

  /**
   * POST of a new record. It is sent once: a second try might create it twice.
   *
   * @returns the record with all its defaults
   * @throws CampaignError `rejected`, `outcomeUnknown` …
   */
  async create(url: string, fields: IDataObject, subject: string): Promise<CampaignRecord> {
    const request: CampaignRequest = { method: 'POST', url, body: JSON.stringify(fields) };
    const answer = await this.send(request, { subject, fields: Object.keys(fields) });
    const record = parseRecord(parseJson(answer.body));
    if (!record) throw unreadable(request, answer, `the created ${subject}`);
    return record;
  }

  /**
   * POST of something to be done. It is sent once: a second try might do it twice.
   *
   * @param subject what is to be done, for messages
   * @param fields names of what the body carries, for messages
   * @returns undefined when Campaign accepted it with JSON or without a word; its text where it answered with other text
   * @throws CampaignError `rejected`, `outcomeUnknown` …
   */
  async command(url: string, body: IDataObject, subject: string, fields: readonly string[] = []): Promise<string | undefined> {
    const request: CampaignRequest = { method: 'POST', url, body: JSON.stringify(body) };
    const answer = await this.send(request, { subject, fields });
    const text = answer.body.trim();
    if (text === '' || isObject(parseJson(text))) return undefined;
    if (text.startsWith('<')) throw unreadable(request, answer, 'JSON');
    // Known clients do not look at the status of such answers, so nobody has seen that it is never a good one.
    if (CAMPAIGN_ERROR.test(text)) throw refusal(request, answer, { subject, fields });
    return text;
  }

  /**
   * DELETE of one record. One that is gone after a try without an answer was deleted by that try.
   *
   * @returns whether there was such a record
   */
  async remove(url: string, subject: string): Promise<boolean> {
    const request: CampaignRequest = { method: 'DELETE', url };
    const answer = await this.exchange(request);
    const error = refusalOf(request, answer, { subject });
    if (error?.details.reason === 'notFound') return answer.isUncertain;
    if (error) throw error;
    return true;
  }

  /** The fields of a resource, asked for once per execution, also when Campaign refuses to tell them. */
  async fields(api: ApiName, resource: string): Promise<FieldCatalogue> {
    const url = metadataUrl(this.instance, api, resource);
    const known = this.catalogues.get(url);
    if (known) return await known;
    const asked = this.retrieveFields(url, resource);
    this.catalogues.set(url, asked);
    asked.catch((error: unknown) => {
      if (!isRefusal(error)) this.catalogues.delete(url);
    });
    return await asked;
  }

  /**
   * Address of a record that came in a list or as an answer: its href, or one made from its key where it has none, or
   * one that leads away from this instance.
   */
  addressOf(record: CampaignRecord, api: ApiName, resource: string): string | undefined {
    const href = typeof record.href === 'string' ? followable(this.instance, record.href) : undefined;
    if (href !== undefined) return href;
    return typeof record.PKey === 'string' ? recordUrl(this.instance, api, resource, record.PKey) : undefined;
  }

  /** Whether anything was sent yet, and so whether there is a token. */
  get hasAsked(): boolean {
    return this.requester.hasAsked;
  }

  private async retrieveFields(url: string, resource: string): Promise<FieldCatalogue> {
    const request: CampaignRequest = { method: 'GET', url };
    const answer = await this.send(request, { subject: `description of the ${resource}` });
    const catalogue = parseMetadata(parseJson(answer.body));
    if (!catalogue) throw unreadable(request, answer, `the description of the ${resource}`);
    return catalogue;
  }

  private async send(request: CampaignRequest, subject: RequestSubject): Promise<CampaignAnswer> {
    const answer = await this.exchange(request);
    const error = refusalOf(request, answer, subject);
    if (error) throw error;
    return answer;
  }

  private async exchange(request: CampaignRequest): Promise<CampaignAnswer> {
    return await this.requester.send(request).catch((error: unknown) => {
      throw error instanceof TransportError && error.failure !== 'cancelled' ? noAnswer(request, error) : error;
    });
  }
}

/** The codes that Campaign's own errors begin with. */
const CAMPAIGN_ERROR = /\b(?:RST|XTK|SOP|XSV|BAS)-\d{6}\b/i;

/** Tells whether Campaign was asked and said no to this one request, which it will do again. */
export function isRefusal(error: unknown): boolean {
  return error instanceof CampaignError && !error.details.everyItem && REFUSALS.has(error.details.reason);
}

const REFUSALS: ReadonlySet<CampaignErrorReason> = new Set(['forbidden', 'notFound', 'rejected', 'unknownKey']);

function refusalOf(request: CampaignRequest, answer: CampaignAnswer, subject: RequestSubject): CampaignError | undefined {
  return answer.status >= 200 && answer.status < 300 ? undefined : refusal(request, answer, subject);
}
