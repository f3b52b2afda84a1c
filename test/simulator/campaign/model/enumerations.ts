import type { EnumerationValue } from './field';
import { LANGUAGE_CODES } from './languages';
import { timeZoneValues } from './timeZones';

/** Stands in the model of every enumeration, and is refused in every write. */
export const INVALID_VALUE = '__Invalid_value__';

function values(...entries: readonly (readonly [name: string, label: string, stored: string])[]): EnumerationValue[] {
  return entries.map(([name, label, stored]) => ({ name, label, stored }));
}

export const GENDER = values(['unknown', 'Unspecified', '0'], ['male', 'Male', '1'], ['female', 'Female', '2']);

export const EMAIL_FORMAT = values(['unknown', 'Unknown', '0'], ['text', 'Text', '1'], ['html', 'HTML', '2']);

export const MESSAGE_TYPE = values(['email', 'Email', '0'], ['sms', 'SMS', '1']);

export const SERVICE_MODE = values(['newsletter', 'Newsletter', '0'], ['viral', 'Viral', '1']);

export const PREFERRED_LANGUAGE = values(
  ['none', 'No value', 'none'],
  ...LANGUAGE_CODES.map((code) => [code, languageLabel(code), code] as const),
);

export const TIME_ZONE = timeZoneValues();

/** `fr_ca` reads "French (Canada)". */
function languageLabel(code: string): string {
  const [language = code, region = ''] = code.split('_');
  const languageName = new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
  const regionName = new Intl.DisplayNames(['en'], { type: 'region' }).of(region.toUpperCase()) ?? region;
  return `${languageName} (${regionName})`;
}
