import type { CampaignAnswer } from '../transport/requester';

/** What Campaign's own errors begin with, or are made of (Adobe: "Limitations", error table). */
const CAMPAIGN_CODE = /\b(?:RST|XTK|SOP|XSV|BAS|PGS|CFG|DBE)-\d{6}\b/i;
const CAMPAIGN_WORDS =
  /Unable to find document|Unable to decrypt PKey|Unsupported endpoint|\bError rc=-\d|An error has occurred - please contact your administrator/;
/** So much of an answer is looked at, in characters. */
const READ_CHARACTERS = 16 * 1024;

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
