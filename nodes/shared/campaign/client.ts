import type { IDataObject } from 'n8n-workflow';

import type { CampaignAnswer, Requester } from '../transport/requester';
import { TransportError, type CampaignRequest } from '../transport/transport';
import { Secrets } from './secrets';
import { CampaignError, isDoubt, isRefusal, isRefusalOfLookUp } from './error';
import type { CampaignInstance } from './instance';
import { parseFilters, type FilterCatalogue } from './filterCatalogue';
import { Memory } from './memory';
import { parseMetadata, type FieldCatalogue, type ResourceDescription } from './metadata';
import type { Preview } from './preview';
import {
  addressIn,
  countIn,
  hrefIn,
  isObject,
  isRecordAt,
  parseAnswer,
  parsePage,
  parseRecord,
  textOf,
  type CampaignPage,
  type CampaignRecord,
} from './records';
import { accepted, isGood, noAnswer, notFound, refusal, refusalOf, uncounted, unreadable, type RequestSubject } from './refusals';
import { leadOn, readPages } from './paging';
import { hasCampaignCode, isPlainYes } from './campaignText';
import { forcePagination, metadataUrl, type ApiName } from './urls';

/** Campaign for one execution: records, pages and descriptions as typed values, every refusal as a `CampaignError`. */
export class CampaignClient {
  private readonly descriptions = new Memory<ResourceDescription>(isRefusal);
  private readonly filterCatalogues = new Memory<FilterCatalogue>(isRefusal);
  private readonly references = new Memory<CampaignRecord>(isRefusal);
  private readonly keys = new Memory<string>(isRefusalOfLookUp);

  /** Resolves when Campaign has said yes to something: there is a token, and the gateway knows the way. */
  readonly hasAnswered: Promise<void>;
  private tellAnswered = (): void => {};

  constructor(
    readonly instance: CampaignInstance,
    readonly requester: Requester,
    private readonly secrets = new Secrets(),
    /** Undefined where nothing may be remembered beyond this client. */
    readonly credentialId?: string,
    /** There where the run is a preview: nothing is written, and what would be is kept here. */
    readonly preview?: Preview,
  ) {
    this.hasAnswered = new Promise((resolve) => (this.tellAnswered = resolve));
  }

  /**
   * GET of one record; undefined when there is no such record.
   *
   * @param subject what the record is, in the user's words, for messages
   * @throws CampaignError `unknownKey`, `unreadableAnswer` …
   */
  async find(url: string, subject: string): Promise<CampaignRecord | undefined> {
    const request: CampaignRequest = { method: 'GET', url };
    const answer = await this.exchange(request);
    const error = refusalOf(request, answer, { subject });
    if (error?.details.reason === 'notFound') return undefined;
    if (error) throw error;
    const json = parseAnswer(answer.body);
    const record = parseRecord(json);
    if (!record || !isRecordAt(url, json, record)) throw await this.unlike(request, answer, `a ${subject}`);
    // Campaign Standard leaves it out here, and here only.
    return record.href === undefined ? { ...record, href: url } : record;
  }

  /** GET of one record that should be there. */
  async retrieve(url: string, subject: string): Promise<CampaignRecord> {
    return (await this.find(url, subject)) ?? (await Promise.reject(notFound(subject, 404)));
  }

  /** The same for a record that many items of a run refer to, e.g. a service: asked for once per execution. */
  async refer(url: string, subject: string): Promise<CampaignRecord> {
    return await this.references.recall(url, async () => await this.retrieve(url, subject));
  }

  /**
   * The PKey of a record that many items link to, looked up once per execution. Of the record nothing else is kept: it may be large.
   *
   * @param question what tells one look-up from another
   */
  async keyOnce(question: string, lookUp: () => Promise<CampaignRecord | undefined>): Promise<string> {
    return await this.keys.recall(question, async () => textOf((await lookUp())?.PKey));
  }

  /** GET of anything else that Campaign describes itself with. */
  async read(url: string, subject: string): Promise<IDataObject> {
    return await this.ask({ method: 'GET', url }, { subject }, `a ${subject}`, (json) => (isObject(json) ? json : undefined));
  }

  /** GET of one page of a list, whatever list it is and wherever its address comes from. */
  async page(url: string, resource: string): Promise<CampaignPage> {
    const request: CampaignRequest = { method: 'GET', url: forcePagination(url) };
    return await this.ask(request, { subject: resource }, `a list of ${resource}s`, (json, { headers }) => {
      const [page, servedAt] = [parsePage(json), Date.parse(headers.date ?? '')];
      return page && !Number.isNaN(servedAt) ? { ...page, servedAt } : page;
    });
  }

  /** A list page by page, see `readPages`. */
  pages(url: string, resource: string): AsyncGenerator<CampaignPage, void, undefined> {
    return readPages(this, url, resource);
  }

  /** An address that Campaign gave out. @throws CampaignError `unreadableAnswer` when it leads away from the instance */
  follow(href: string): string {
    return leadOn(this.instance, href);
  }

  /** All records of a list. */
  async *list(url: string, resource: string): AsyncGenerator<CampaignRecord, void, undefined> {
    for await (const { content } of this.pages(url, resource)) yield* content;
  }

  /**
   * How many records a list has (Adobe: "Counting").
   *
   * @param url address of the list; the smaller its page, the less is sent along
   * @throws CampaignError `unreadableAnswer` when Campaign does not say
   */
  async count(url: string, resource: string): Promise<number> {
    const { count, countUrl } = await this.page(url, resource);
    if (count !== undefined) return count;
    if (countUrl !== undefined) return await this.countAt(this.follow(countUrl), resource);
    throw uncounted(resource);
  }

  /** The same for a list of which a page is there; undefined when Campaign does not say. */
  async countOf({ count, countUrl }: CampaignPage, resource: string): Promise<number | undefined> {
    if (count !== undefined || countUrl === undefined) return count;
    return await this.countAt(this.follow(countUrl), resource).catch((error: unknown) => {
      if (error instanceof CampaignError && !error.details.everyItem) return undefined;
      throw error;
    });
  }

  private async countAt(url: string, resource: string): Promise<number> {
    // The address has a double slash before `_count` that must stay.
    const subject = `count of ${resource}s`;
    return await this.ask({ method: 'GET', url }, { subject }, `a ${subject}`, (json) => countIn(isObject(json) ? json.count : undefined));
  }

  /**
   * PATCH of one record.
   *
   * @returns what Campaign returned
   * @throws CampaignError `rejected`; `outcomeUnknown` for anything else than the record's key, an empty answer included …
   */
  update(url: string, fields: IDataObject, subject: string): Promise<CampaignRecord> {
    const request: CampaignRequest = { method: 'PATCH', url, body: JSON.stringify(fields) };
    const about = { subject, fields: Object.keys(fields) };
    return this.ask(request, about, 'the updated record', (json) => parseRecord(json, fields));
  }

  /**
   * POST of a new record. It is sent once: a second try might create it twice.
   *
   * @returns the record with all its defaults
   * @throws CampaignError `rejected`, `outcomeUnknown` …
   */
  async create(url: string, fields: IDataObject, subject: string): Promise<CampaignRecord> {
    const request: CampaignRequest = { method: 'POST', url, body: JSON.stringify(fields) };
    const about = { subject, fields: Object.keys(fields) };
    return await this.ask(request, about, `the created ${subject}`, (json) => parseRecord(json, fields));
  }

  /**
   * POST of something to be done. It is sent once: a second try might do it twice.
   *
   * @param subject what is to be done, for messages
   * @param fields names of what the body carries, for messages
   * @returns undefined when Campaign accepted it: without a word, with an empty object or a record; its text where it answered with other text
   * @throws CampaignError `rejected`, `outcomeUnknown` …
   */
  async command(url: string, body: IDataObject, subject: string, fields: readonly string[] = []): Promise<string | undefined> {
    const request: CampaignRequest = { method: 'POST', url, body: JSON.stringify(body) };
    const answer = accepted(request, await this.exchange(request), { subject, fields });
    const text = answer.body.trim();
    const json = parseAnswer(text);
    if (isPlainYes(text) || parseRecord(json) || (isObject(json) && Object.keys(json).length === 0)) return undefined;
    if (/^[<{[]/.test(text)) throw await this.unlike(request, answer, "one of Campaign's for this");
    // Known clients do not look at the status of such answers, so nobody has seen that it is never a good one.
    if (hasCampaignCode(text)) throw refusal(request, answer, { subject, fields });
    return this.secrets.mask(text);
  }

  /**
   * DELETE of one record. One that is gone after a try without an answer was deleted by that try. Campaign says yes with nothing:
   * after any other answer, and after none, the record is looked for.
   *
   * @returns whether there was such a record
   * @throws CampaignError `outcomeUnknown` when it is there all the same, or cannot be looked for …
   */
  async remove(url: string, subject: string): Promise<boolean> {
    try {
      return await this.sendRemoval(url, subject);
    } catch (error) {
      if (!isDoubt(error)) return await Promise.reject(error);
      const isGone = await this.find(url, subject).then(
        (record) => record === undefined,
        () => false,
      );
      return isGone || (await Promise.reject(error));
    }
  }

  private async sendRemoval(url: string, subject: string): Promise<boolean> {
    const request: CampaignRequest = { method: 'DELETE', url };
    const answer = await this.exchange(request);
    const error = refusalOf(request, answer, { subject });
    if (error?.details.reason === 'notFound') return answer.isUncertain;
    if (error) throw error;
    if (!isPlainYes(answer.body)) throw await this.unlike(request, answer, 'a yes');
    return true;
  }

  /** The fields of a resource, asked for once per execution, also when Campaign refuses to tell them. */
  async fields(api: ApiName, resource: string): Promise<FieldCatalogue> {
    return (await this.describe(api, resource)).fields;
  }

  /** The same where they are there already. */
  knownFields(api: ApiName, resource: string): FieldCatalogue | undefined {
    return this.descriptions.known(`${api} ${resource}`)?.fields;
  }

  /** The filters of a resource, custom ones included on the extended API; likewise. */
  async filters(api: ApiName, resource: string): Promise<FilterCatalogue> {
    const { filtersUrl } = await this.describe(api, resource);
    if (filtersUrl === undefined) return new Map();
    return await this.filterCatalogues.recall(filtersUrl, async () => await this.retrieveFilters(filtersUrl, resource));
  }

  /** Address of a record that came in a list or as an answer, see `addressIn`. */
  addressOf(record: CampaignRecord, api: ApiName, resource: string): string | undefined {
    return addressIn(this.instance, record, { api, name: resource });
  }

  private async describe(api: ApiName, resource: string): Promise<ResourceDescription> {
    return await this.descriptions.recall(`${api} ${resource}`, async () => await this.retrieveDescription(api, resource));
  }

  private async retrieveDescription(api: ApiName, resource: string): Promise<ResourceDescription> {
    const subject = `description of the ${resource}`;
    const request: CampaignRequest = { method: 'GET', url: metadataUrl(this.instance, api, resource) };
    return await this.ask(request, { subject }, `the ${subject}`, (json) => {
      const fields = parseMetadata(json);
      return fields && { fields, filtersUrl: isObject(json) ? hrefIn(json.filters) : undefined };
    });
  }

  private async retrieveFilters(href: string, resource: string): Promise<FilterCatalogue> {
    // Adobe prints the address with and without its last segment.
    const complete = /\/filters\/?$/.test(href) ? href : `${href.replace(/\/$/, '')}/filters/`;
    const subject = `filters of the ${resource}`;
    return await this.ask({ method: 'GET', url: this.follow(complete) }, { subject }, `the ${subject}`, parseFilters);
  }

  /**
   * Sends a request, and reads what Campaign answers.
   *
   * @param expected what it has to be, for messages
   * @param parse returns undefined for anything else
   * @throws CampaignError `unreadableAnswer`, or `outcomeUnknown` for a write …
   */
  private async ask<Value>(
    request: CampaignRequest,
    subject: RequestSubject,
    expected: string,
    parse: (json: unknown, answer: CampaignAnswer) => Value | undefined,
  ): Promise<Value> {
    const answer = accepted(request, await this.exchange(request), subject);
    const value = parse(parseAnswer(answer.body), answer);
    if (value === undefined) throw await this.unlike(request, answer, expected);
    return value;
  }

  /** The error for a good status with anything else than is expected; it shows what is in the answer where that is an error. */
  private async unlike(request: CampaignRequest, answer: CampaignAnswer, expected: string): Promise<CampaignError> {
    return unreadable(request, await this.secrets.maskRefusal(answer), expected);
  }

  /** What an answer that says no repeats of the credential goes no further than here. */
  private async exchange(request: CampaignRequest): Promise<CampaignAnswer> {
    let answer: CampaignAnswer;
    try {
      answer = await this.requester.send(request);
    } catch (error) {
      throw error instanceof TransportError && error.failure !== 'cancelled' ? noAnswer(request, error) : error;
    }
    if (!isGood(answer)) return await this.secrets.maskRefusal(answer);
    this.tellAnswered();
    return answer;
  }
}
