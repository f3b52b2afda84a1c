import type { IDataObject } from 'n8n-workflow';

import type { CampaignAnswer } from '../transport/requester';
import { isObject, parseJson } from './records';

/** So much of an answer is looked at, and so much of it shown, in characters. */
const READ_CHARACTERS = 16 * 1024;
const SHOWN_CHARACTERS = 600;

/**
 * Campaign's own words in an answer that says no, without the codes and the sentence that says nothing.
 *
 * @param body however long it is: it is cut before any pattern is tried on it
 */
export function campaignText(body: string): string {
  const text = messageIn(body).slice(0, READ_CHARACTERS).trim();
  if (text.startsWith('<')) return '';
  const lines = text
    .split('\n')
    .map((line) => line.trim().replace(/^(?:RST|SOP|XSV)-\d+\s*/, ''))
    .filter((line) => line !== '');
  const telling = lines.filter((line) => !isGeneric(line));
  return withoutTokens((telling.length > 0 ? telling : lines).join(' '))
    .slice(0, SHOWN_CHARACTERS)
    .replace(/\.$/, '');
}

/** Whether Campaign says no more than that something is wrong. */
export function isGeneric(said: string): boolean {
  return said === '' || /^An error has occurred - please contact your administrator\.?$/.test(said);
}

function messageIn(body: string): string {
  const json = parseJson(body);
  if (json === undefined) return body;
  return isObject(json) && typeof json.message === 'string' ? json.message : '';
}

/** Tokens of others: those of the credential are masked before. Each run of letters is looked at once. */
function withoutTokens(text: string): string {
  return text.replace(/\b(Bearer|X-Api-Key:?)\s+\S+/gi, '$1 …').replace(/(?<![\w.-])eyJ[\w-]+\.[\w.-]*/g, '…');
}

/** What Campaign's own errors begin with, or are made of (Adobe: "Limitations", error table). */
const CAMPAIGN_CODE = /\b(?:RST|XTK|SOP|XSV|BAS|PGS|CFG|DBE)-\d{6}\b/i;
const CAMPAIGN_WORDS =
  /Unable to find document|Unable to decrypt PKey|Unsupported endpoint|\bError rc=-\d|An error has occurred - please contact your administrator/;
/** Whether text has one of the codes that Campaign's own errors begin with. */
export function hasCampaignCode(text: string): boolean {
  return CAMPAIGN_CODE.test(text.slice(0, READ_CHARACTERS));
}

/**
 * Whether an answer that says no is not Campaign's, so that nothing follows from it: a page of a proxy or web server, or an error
 * without a word, where Campaign has one. Of a 404 more is wanted, because it would mean that a record is not there: Campaign's own words.
 */
export function isForeign({ status, body }: CampaignAnswer): boolean {
  const text = body.slice(0, READ_CHARACTERS).trim();
  if (text.startsWith('<') || (text === '' && status >= 500)) return true;
  return status === 404 && !CAMPAIGN_CODE.test(text) && !CAMPAIGN_WORDS.test(text);
}

/**
 * How Campaign says that it has taken a DELETE: with nothing.
 *
 * @param body of an answer with a good status
 */
export function isPlainYes(body: string): boolean {
  return body.trim() === '';
}

/** As much as support needs of it; some proxies write other things there. */
export function requestIdOf({ headers }: CampaignAnswer): string | undefined {
  return headers['x-request-id']?.slice(0, 100);
}

/** What an answer holds that is not what it should be, for messages: an error in its own words, whatever its status is. */
export function describeBody({ body }: CampaignAnswer): string {
  if (body.trim() === '') return 'an empty answer';
  const error = errorIn(body);
  if (error !== '') return `the error '${error}'`;
  if (body.trimStart().startsWith('<')) return 'an HTML page';
  return parseJson(body) === undefined ? 'text that is not JSON' : 'other JSON';
}

/** An error as Adobe's gateway or Campaign write it (Adobe: "Troubleshooting", "Limitations"), with the gateway's code; blank for anything else. */
function errorIn(body: string): string {
  const json = parseJson(body);
  if (!isObject(json)) return hasCampaignCode(body) ? campaignText(body) : '';
  const code = gatewayCodeIn(json) ?? (typeof json.code === 'number' && typeof json.message === 'string' ? String(json.code) : undefined);
  return code === undefined ? '' : [code, campaignText(body)].filter((part) => part !== '').join(' ');
}

/** The code of Adobe's gateway in an error of its own. A code is a word; anything longer might repeat what was sent. */
export function gatewayCodeIn({ error_code: code }: IDataObject): string | undefined {
  return (typeof code === 'string' || typeof code === 'number') && /^[\w.-]{1,40}$/.test(String(code)) ? String(code) : undefined;
}

/** How often a request was tried, in words. */
export function triesOf({ attempts }: CampaignAnswer): string {
  return attempts === 1 ? 'one try' : `${attempts} tries`;
}
