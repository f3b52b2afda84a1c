import { noAnswer, notFound, refusal, unreadable } from '../../../nodes/shared/campaign/refusals';
import type { CampaignAnswer } from '../../../nodes/shared/transport/requester';
import { TransportError, type CampaignRequest } from '../../../nodes/shared/transport/transport';
import { PROFILES } from '../support/campaign';

const GET: CampaignRequest = { method: 'GET', url: `${PROFILES}/@a` };
const PATCH: CampaignRequest = { method: 'PATCH', url: `${PROFILES}/@a`, body: '{"phone":"1"}' };
const POST: CampaignRequest = { method: 'POST', url: PROFILES, body: '{}' };
const ABOUT = { subject: "profile with PKey '@a'" };

function answer(status: number, body: unknown = '', attempts = 1): CampaignAnswer {
  return {
    status,
    headers: { 'x-request-id': 'req-7' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attempts,
    isUncertain: false,
  };
}

const refuse = (status: number, body: unknown = '', request = GET, fields?: readonly string[]) =>
  refusal(request, answer(status, body), { ...ABOUT, fields }).details;

describe("a refusal of Adobe's gateway", () => {
  it.each([
    [401, '401013', 'Oauth token is not valid', 'unauthorized', 'The access token is not valid or has expired'],
    [403, '403000', 'Api Key is required', 'forbidden', 'The API key did not arrive'],
    [403, '403003', 'Api Key is invalid', 'forbidden', 'The API key is not valid'],
    [403, '403010', 'Oauth token is missing.', 'unauthorized', 'The access token did not arrive'],
    [403, '403011', 'Scope mismatch', 'forbidden', 'The access token lacks a scope'],
    [403, '403023', 'Profile is not valid', 'forbidden', 'The access token does not reach this organization'],
    [403, '403020', 'Other', 'forbidden', 'Adobe does not let this credential do that (403020)'],
  ])('%i %s: %s', (status, error_code, message, reason, expected) => {
    expect(refuse(status, { error_code, message })).toMatchObject({ reason, message: expected, httpStatus: status, requestId: 'req-7' });
  });

  it.each([
    ['401013', 'Access token'],
    ['403000', "'API Key (Client ID)'"],
    ['403003', "'API Key (Client ID)'"],
    ['403011', "'Scopes'"],
    ['403023', "'Organization'"],
  ])('%s says where to look', (error_code, place) => {
    expect(refuse(403, { error_code, message: 'x' }).description.toLowerCase()).toContain(place.toLowerCase());
  });

  it.each([500, 502])('with a numeric code %i means the organization', (code) => {
    expect(refuse(code, { code, message: 'Oops. Something went wrong. Check your URI and try again.' })).toMatchObject({
      reason: 'unroutable',
      message: `Adobe's gateway does not know this organization (${code})`,
      description: expect.stringContaining('-mkt-stage'),
    });
  });

  it.each(['429001', '429002', '429050'])('%s is a matter of speed, not of rights', (error_code) => {
    expect(refuse(429, { error_code, message: 'Too many requests' }).reason).toBe('rateLimited');
  });

  it.each<[string, number, unknown, CampaignRequest, string]>([
    ['500', 500, 'An error has occurred', PATCH, 'outcomeUnknown'],
    ['500', 500, 'An error has occurred', { method: 'DELETE', url: PATCH.url }, 'outcomeUnknown'],
    ['401', 401, { error_code: '401013', message: 'Oauth token is not valid' }, PATCH, 'outcomeUnknown'],
    ['403', 403, '', PATCH, 'outcomeUnknown'],
    ['a key that means nothing', 500, 'Unable to decrypt PKey', { method: 'DELETE', url: PATCH.url }, 'outcomeUnknown'],
    ['a key that means nothing', 500, 'Unable to decrypt PKey', PATCH, 'unknownKey'],
    ['nothing there', 404, 'RST-360011 An error has occurred - please contact your administrator.', PATCH, 'notFound'],
    ['500', 500, 'An error has occurred', GET, 'rejected'],
  ])('says nothing about an earlier try without an answer: %s', (_, status, body, request, reason) => {
    const error = refusal(request, { ...answer(status, body, 2), isUncertain: true }, ABOUT);
    expect(error.details).toMatchObject({ reason, httpStatus: status });
    if (reason !== 'outcomeUnknown') return;
    expect(error.message).toMatch(/after a try without an answer, so the change may or may not have been carried out/);
    expect(error.details.everyItem).toBeUndefined();
    // What ends the others is said by what is behind it.
    expect(error.cause?.details.everyItem ?? false).toBe(status === 401);
  });

  it('429 ends the run only where Campaign asks to wait longer than is worth it', () => {
    const after = (more: object) => refusal(GET, { ...answer(429, '', 12), ...more }, ABOUT).details;
    expect(after({}).everyItem).toBeFalsy();
    expect(after({ refusedWaitMilliseconds: 3_600_000 }).everyItem).toBe(true);
  });

  it('503000 is a matter of patience', () => {
    expect(refuse(503, { error_code: '503000', message: 'backend unavailable' }).reason).toBe('unavailable');
  });
});

describe('a status alone', () => {
  it.each([
    [401, '', 'unauthorized'],
    [401, '<html>401 Authorization Required</html>', 'unauthorized'],
    [401, '{"error_code":', 'unauthorized'],
    [403, '', 'forbidden'],
    [403, '<html>Forbidden</html>', 'unreadableAnswer'],
    [404, '', 'unreadableAnswer'],
    [404, '<html>Not Found</html>', 'unreadableAnswer'],
    [404, '{"message":"no Route matched with those values"}', 'unreadableAnswer'],
    [404, 'default backend - 404', 'unreadableAnswer'],
    [404, "Unable to find document with path 'Profile' from key 'x'", 'notFound'],
    [404, 'RST-360011 An error has occurred - please contact your administrator.', 'notFound'],
    [429, '', 'rateLimited'],
    [502, '<html>Bad Gateway</html>', 'unavailable'],
    [503, '', 'unavailable'],
    [504, '', 'unavailable'],
    [301, '', 'unreadableAnswer'],
    [302, '<a href="https://evil.example">', 'unreadableAnswer'],
    [400, '', 'rejected'],
    [409, '', 'rejected'],
    [500, '', 'unreadableAnswer'],
    [599, '', 'unreadableAnswer'],
  ])('%i with body %j: %s', (status, body, reason) => {
    const details = refuse(status, body);

    expect(details).toMatchObject({ reason, httpStatus: details.reason === 'notFound' ? 404 : status });
    expect(details.message).not.toBe('');
    expect(details.message).not.toMatch(/\.$|[<>]/);
    expect(details.description).toMatch(/\.$/);
  });

  it.each([502, 503, 504])('%i leaves open whether a POST was carried out', (status) => {
    expect(refuse(status, '', POST)).toMatchObject({ reason: 'outcomeUnknown', message: expect.stringContaining('may or may not') });
  });

  it('says how often it was tried', () => {
    expect(refusal(GET, answer(503, '', 5), ABOUT).message).toContain('after 5 tries');
    expect(refusal(GET, answer(429, '', 1), ABOUT).message).toContain('after one try');
  });
});

describe("Campaign's own words", () => {
  it.each([
    ['v8, plain text', 404, 'Unable to decrypt PKey. (PKey=@gibberish)'],
    [
      'v8, with the endpoint',
      404,
      'Unable to decrypt PKey. (PKey=@x)\nUnsupported endpoint. (endpoint=rest/profileAndServices/profile/@x)',
    ],
    ['v8, as JSON', 404, { message: 'Unable to decrypt PKey. (PKey=@gibberish)' }],
    [
      'Campaign Standard',
      500,
      "'O5iRp40EGA' attribute unknown (see definition of 'Profiles (nms:recipient)' schema)\nXTK-170036 Unable to parse expression '@id = @O5iRp40EGA'.",
    ],
  ])('tell a key that means nothing: %s', (_, status, body) => {
    expect(refuse(status, body)).toMatchObject({
      reason: 'unknownKey',
      httpStatus: status,
      description: expect.stringContaining('one instance'),
    });
  });

  it.each([
    ['v8', "Unable to find document with path 'Profile' from key 'x' (document with schema 'profile' and name 'x')"],
    [
      'Campaign Standard',
      "RST-360011 An error has occurred - please contact your administrator.\nUnable to find document with path 'Profile' from key 'x:0' (document with schema 'profile' and name 'x')",
    ],
  ])('tell a record that is not there: %s', (_, body) => {
    expect(refuse(404, body)).toMatchObject({ reason: 'notFound', message: "There is no profile with PKey '@a'" });
  });

  it('tell an address that is not there', () => {
    expect(refuse(404, 'Unsupported endpoint. (endpoint=rest/profileAndServices/cusOrder)')).toMatchObject({
      reason: 'rejected',
      message: 'Campaign has no such address',
      description: expect.stringContaining("'Extended'"),
    });
  });

  it.each([
    [
      'an enumeration',
      "RST-360011 An error has occurred - please contact your administrator.\nThe value 'x' is not valid for the 'nms:recipient:gender' enumeration of the '@gender' field",
      "The value 'x' is not valid for the 'nms:recipient:gender' enumeration of the '@gender' field",
    ],
    [
      'a type',
      "BAS-010040 Cannot convert 'a' (type text) to integer (8 bit) type (bAS-010011 Invalid value).",
      "Cannot convert 'a' (type text) to integer (8 bit) type",
    ],
    [
      'a read-only field',
      "Cannot update the 'age' property that is read-only\r\n'age' property is not valid for the 'profile' resource.",
      "Cannot update the 'age' property that is read-only",
    ],
    ['a duplicate', "RST-360011 …\nA 'Service' with the same key 'B' already exists.", "A 'Service' with the same key 'B' already exists"],
  ])('are handed on: %s', (_, body, words) => {
    const { reason, message } = refuse(500, body, PATCH, ['gender']);

    expect(reason).toBe('rejected');
    expect(message).toContain(`Campaign did not accept the request (500): `);
    expect(message).toContain(words);
    expect(message).not.toMatch(/RST-360011|please contact your administrator/);
  });

  it.each([
    ['v8', 'An error has occurred - please contact your administrator.'],
    ['v8, as JSON', { message: 'An error has occurred - please contact your administrator.' }],
    ['Campaign Standard', 'RST-360011 An error has occurred - please contact your administrator.'],
    ['JSON without a message', { status: 'error' }],
  ])('are replaced by advice where they say nothing: %s', (_, body) => {
    expect(refuse(500, body, PATCH, ['gender', 'cusScore'])).toMatchObject({
      reason: 'rejected',
      message: 'Campaign did not accept the request (500)',
      description:
        'Fields sent: gender, cusScore. Campaign v8 does not say which value it means: check types, enumeration values and lengths.',
      facts: { fieldsSent: ['gender', 'cusScore'] },
    });
  });

  it('give way to what is known about location', () => {
    expect(refuse(500, "'zipCode' property is not valid for the 'profile' resource", PATCH, ['location'])).toMatchObject({
      message: expect.stringContaining("'zipCode'"),
      description: expect.stringContaining("Campaign v8 cannot update 'location'"),
    });
  });

  it('are cut when they never end', () => {
    expect(refuse(500, 'x'.repeat(100_000)).message.length).toBeLessThan(1000);
  });

  it('tell nothing about fields when the request had none', () => {
    const { description, facts } = refuse(500, 'An error has occurred - please contact your administrator.');

    expect(description).toMatch(/^Check what the step asks for/);
    expect(facts).toBeUndefined();
    expect(refuse(500, 'no', PATCH).description).toBe('Check the values of this item.');
  });
});

describe('an answer that is not what Campaign answers there', () => {
  it.each([
    ['<html>Sign in</html>', 'an HTML page'],
    ['  \n<!DOCTYPE html>', 'an HTML page'],
    ['', 'an empty answer'],
    [' \n', 'an empty answer'],
    ['{"PKey":"@a","ema', 'text that is not JSON'],
    ['OK', 'text that is not JSON'],
    ['{"content":["amy@mail.com"]}', 'other JSON'],
    ['null', 'other JSON'],
  ])('%j is called %s', (body, name) => {
    const { reason, message, description } = unreadable(GET, answer(200, body), 'a profile').details;

    expect(reason).toBe('unreadableAnswer');
    expect(message).toBe(`Campaign's answer is not a profile: ${name} with status 200`);
    expect(description).toContain("'API Base URL'");
  });

  it('to a write leaves open what has happened', () => {
    expect(unreadable(PATCH, answer(200, '<html>'), 'the updated record').details).toMatchObject({
      reason: 'outcomeUnknown',
      description: expect.stringContaining('look before sending it again'),
      requestId: 'req-7',
    });
  });
});

describe('no answer', () => {
  it.each([
    [GET, 'interrupted', 'unavailable'],
    [GET, 'notDelivered', 'unavailable'],
    [PATCH, 'notDelivered', 'unavailable'],
    [POST, 'notDelivered', 'unavailable'],
    [GET, 'blocked', 'unavailable'],
    [GET, 'unreadable', 'unreadableAnswer'],
    [PATCH, 'interrupted', 'outcomeUnknown'],
    [POST, 'interrupted', 'outcomeUnknown'],
  ] as const)('to %j that was %s: %s', (request, failure, reason) => {
    const { details } = noAnswer(request, new TransportError(failure, 'ECODE'));

    expect(details.reason).toBe(reason);
    expect(details.message).toContain('(ECODE)');
    expect(details.httpStatus).toBeUndefined();
  });

  it('says that the change may have been made', () => {
    expect(noAnswer(PATCH, new TransportError('interrupted', 'ECONNRESET')).details).toMatchObject({
      message: 'No answer came to the PATCH request (ECONNRESET), so the change may or may not have been carried out',
      description: 'Read the record before sending the change again.',
    });
  });

  it('points to certificates and rules when this n8n refused', () => {
    expect(noAnswer(GET, new TransportError('blocked', 'CERT_HAS_EXPIRED')).details.description).toContain('certificates');
    // C4: an answer that is too long has nothing to do with them.
    expect(noAnswer(GET, new TransportError('unreadable', 'the answer is longer than 64 MB')).details).toMatchObject({
      message: "Campaign's answer cannot be taken in (the answer is longer than 64 MB)",
      description: expect.stringMatching(/^Ask for less at a time: lower 'Limit' or 'Page Size'/),
    });
  });
});

describe('a record that is not there', () => {
  it('is named, and the way on is shown', () => {
    expect(notFound("profile with email 'amy@mail.com'", 404).details).toEqual({
      reason: 'notFound',
      message: "There is no profile with email 'amy@mail.com'",
      description: expect.stringContaining("'On Error'"),
      httpStatus: 404,
    });
  });
});

describe('what is easily got wrong', () => {
  const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl';

  it.each([
    ['plain text', 400, `Bad Request\nAuthorization: Bearer ${TOKEN}\nX-Api-Key: the-api-key`],
    ['JSON', 400, { message: `Invalid header Authorization: Bearer ${TOKEN}` }],
    ['a 404 about the address', 404, `Unsupported endpoint. Authorization: Bearer ${TOKEN}`],
    ['a bare token', 500, `Cannot read ${TOKEN}`],
  ])('does not show a token that the server or a proxy repeats in %s', (_, status, body) => {
    const { message, description } = refuse(status, body);

    expect(`${message} ${description}`).not.toContain(TOKEN);
  });

  it('does not take the name of an inherited property for a code of the gateway', () => {
    expect(refuse(403, { error_code: 'constructor', message: 'x' })).toMatchObject({ reason: 'forbidden', message: expect.any(String) });
  });

  it('does not promise that nothing was changed: the request may be the one that reads back an update', () => {
    expect(refuse(429).description).not.toContain('Nothing was changed');
  });

  it("ends its message without a period, also where Campaign's own words have one", () => {
    expect(refuse(500, "'age' property is not valid for the 'profile' resource.").message).not.toMatch(/\.$/);
  });

  it('tells a write of which it is not known whether it was carried out from one that surely was not', () => {
    // A gateway that gives up waiting says nothing about what Campaign does with the update meanwhile.
    expect(refuse(504, '', PATCH).reason).toBe('outcomeUnknown');
  });
});

it.each([
  ['a field that was renamed', "XTK-170036 Unable to parse expression '@foo'."],
  ['a body that is not JSON', "'@gibberish' is not a valid constant"],
])("C1: %s is told in Campaign's words", (_, said) => {
  const details = refuse(500, `RST-360011 An error has occurred - please contact your administrator.\n${said}`);
  expect(details.reason).toBe('rejected');
  expect(details.message).toContain(said.replace(/\.$/, ''));
});
