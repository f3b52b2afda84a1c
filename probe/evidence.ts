import { PROFILE_FIELDS } from '../test/simulator/campaign/profile/fields';
import { SERVICE_FIELDS } from '../test/simulator/campaign/service/fields';
import type { Answer } from './tenant';

/** What was asked and heard, without anything that tells whom it is about. */
export interface Evidence {
  readonly method: string;
  /** Path with placeholders for whatever belongs to the instance. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  /** Whether the answer said when to come again. */
  readonly hasRetryAfter: boolean;
  /** Codes and phrases of Adobe's own error texts that the body has. */
  readonly phrases: readonly string[];
  /** Names that every instance has, and the kinds of their values; whatever else is `<own>`. */
  readonly shape: unknown;
}

/** Adobe's own words; a text is never repeated beyond them. */
const PHRASES = [
  'Unable to decrypt PKey',
  'Unable to find document with path',
  'Unsupported endpoint',
  'is not a valid constant',
  'property is not valid for the',
  'that is read-only',
  'Cannot convert',
  'attribute unknown',
  'Unable to parse expression',
  'already exists',
  'duplicate key value violates unique constraint',
  'Cannot update key',
  'Error rc=-2003',
  'please contact your administrator',
  'Oops. Something went wrong',
  'Oauth token is not valid',
  'Profile is not valid',
  'Scope mismatch',
] as const;

const CODE = /\b[A-Z]{3}-\d{6}\b/g;
const MEDIA_TYPES = ['application/json', 'text/plain', 'text/html'];

const KNOWN_NAMES: ReadonlySet<string> = new Set([
  ...[...PROFILE_FIELDS, ...SERVICE_FIELDS].map(({ apiName }) => apiName).filter((name) => !name.startsWith('cus')),
  ...['content', 'count', 'next', 'serverSidePagination', 'href', 'value', 'error_code', 'code', 'message', 'error', 'error_description'],
  ...['access_token', 'token_type', 'expires_in', 'apiName', 'data', 'help', 'type', 'filters', 'resType', 'dataPolicy', 'readOnly'],
  ...['subscriber', 'service', 'serviceName', 'expirationDate', 'subscriptionDate', 'metadata', 'origin', 'profile'],
]);

/** An exchange as evidence. */
export function evidenceOf(method: string, path: string, answer: Answer): Evidence {
  const codes = answer.text.match(CODE) ?? [];
  const gatewayCode = /"error_code"\s*:\s*"(\d{6})"/.exec(answer.text)?.[1];
  return {
    method,
    path,
    status: answer.status,
    contentType: MEDIA_TYPES.find((type) => answer.contentType.startsWith(type)) ?? (answer.contentType === '' ? 'none' : 'other'),
    hasRetryAfter: answer.retryAfter !== null,
    phrases:
      answer.status < 400
        ? []
        : [
            ...new Set([
              ...codes,
              ...(gatewayCode === undefined ? [] : [gatewayCode]),
              ...PHRASES.filter((phrase) => answer.text.includes(phrase)),
            ]),
          ],
    shape: answer.json === undefined ? (answer.text === '' ? 'empty' : 'text') : shapeOf(answer.json),
  };
}

/** What JSON is made of: names that Adobe gives, kinds instead of values, one row for a list. */
export function shapeOf(value: unknown, depth = 0): unknown {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0], depth + 1)];
  if (typeof value !== 'object') return typeof value;
  if (depth > 3) return 'object';
  const entries = Object.entries(value);
  const own = entries.filter(([name]) => !KNOWN_NAMES.has(name)).length;
  return {
    ...Object.fromEntries(entries.filter(([name]) => KNOWN_NAMES.has(name)).map(([name, of]) => [name, shapeOf(of, depth + 1)])),
    // Administrators' names can tell whose instance it is.
    ...(own === 0 ? {} : { '<own>': own }),
  };
}
