import { readableFields } from '../../../../nodes/shared/campaign/fields/readableFields';
import { clientOver, FakeTransport, json, METADATA, text, type Reply } from '../../support/campaign';
import { refusalOf } from '../../support/errors';

function read(...replies: Reply[]) {
  const warn = jest.fn<undefined, [string]>();
  return { warn, fields: readableFields(clientOver(new FakeTransport(...replies)), 'profileAndServices', 'profile', warn) };
}

describe('readableFields', () => {
  it('gives the fields', async () => {
    const { warn, fields } = read(json(METADATA));

    expect((await fields)?.has('email')).toBe(true);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    ['does not exist', text("Unable to find document with path 'Profile' from key 'x'", 404)],
    ['has no endpoint', text('Unsupported endpoint.', 404)],
    ['is refused', text('An error has occurred - please contact your administrator.', 500)],
  ])('goes without a description that %s, and says so', async (_, reply) => {
    const { warn, fields } = read(reply);

    expect(await fields).toBeUndefined();
    expect(warn.mock.calls).toEqual([['Fields were used unchecked, because Campaign did not describe them', 'profile']]);
  });

  it.each([
    ['a token that is not accepted', text('', 401), 'unauthorized'],
    ['an organization that the gateway does not know', json({ code: 500, message: 'Oops. Something went wrong.' }, 500), 'unroutable'],
    ['something else that answers', text('<html>Sign in</html>'), 'unreadableAnswer'],
    ['an organization that asks to slow down', text('', 429, { 'retry-after': '3600' }), 'rateLimited'],
  ])('does not go on with %s', async (_, reply, reason) => {
    const { warn, fields } = read(reply);

    expect(await refusalOf(fields)).toMatchObject({ reason });
    expect(warn).not.toHaveBeenCalled();
  });
});

describe('what is easily got wrong', () => {
  it('goes without a description that the technical account may not read', async () => {
    const { fields } = read(text('Forbidden', 403));

    expect(await fields.catch((error: unknown) => error)).toBeUndefined();
  });
});
