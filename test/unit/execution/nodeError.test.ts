import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { CampaignError, invalidInput, type CampaignErrorDetails } from '../../../nodes/shared/campaign/error';
import { toErrorItem, toNodeError } from '../../../nodes/shared/execution/nodeError';
import { node } from '../support/context';

const DETAILS: CampaignErrorDetails = {
  reason: 'rejected',
  message: 'Campaign did not accept the request (500)',
  description: 'Fields sent: gender.',
  httpStatus: 500,
  requestId: 'req-7',
  facts: { fieldsSent: ['gender'] },
};
const error = (change: Partial<CampaignErrorDetails> = {}) => new CampaignError({ ...DETAILS, ...change });

describe('toNodeError', () => {
  it('tells what happened, to which item, and what to do', () => {
    const shown = toNodeError(node(), error(), 3, '3 of 10 items were completed.');

    expect(shown).toBeInstanceOf(NodeApiError);
    expect(shown.message).toBe('Campaign did not accept the request (500) [item 3]');
    expect(shown.description).toBe('Fields sent: gender. 3 of 10 items were completed.');
    expect(shown.context.itemIndex).toBe(3);
    expect(shown.context.data).toEqual({ reason: 'rejected', requestId: 'req-7', fieldsSent: ['gender'] });
    expect(shown).toMatchObject({ httpCode: '500' });
  });

  it('is no matter of an API when nothing was answered', () => {
    const shown = toNodeError(
      node(),
      error({ reason: 'invalidInput', httpStatus: undefined, requestId: undefined, facts: undefined }),
      0,
      '',
    );

    expect(shown).toBeInstanceOf(NodeOperationError);
    expect(shown.description).toBe('Fields sent: gender.');
    expect(shown.context.data).toEqual({ reason: 'invalidInput' });
  });

  it.each([
    ["Campaign did not accept the request (500): field 'approvePermissions'", 500],
    ['No answer came to the PATCH request (ECONNRESET), so it may or may not have been carried out', undefined],
    ["'Fields' is not JSON: ENOENT", undefined],
    ['Adobe Campaign could not be reached (ENOTFOUND)', undefined],
  ])('keeps its words where n8n believes to see a network code: %s', (message, httpStatus) => {
    expect(toNodeError(node(), error({ message, httpStatus }), 0, '').message).toBe(`${message} [item 0]`);
  });

  it.each([400, 401, 403, 404, 429, 500, 502, 503])('keeps its words where n8n has some of its own: %i', (httpStatus) => {
    const shown = toNodeError(node(), error({ message: 'There is no profile', description: 'Check the value.', httpStatus }), 0, '');

    expect(shown.message).toBe('There is no profile [item 0]');
    expect(shown.description).toBe('Check the value.');
  });

  it('shows HTML as text, because the editor shows descriptions as HTML', () => {
    const { description } = toNodeError(node(), error({ description: 'Fields sent: <img src=x onerror=alert(1)> & more' }), 0, '');

    expect(description).toBe('Fields sent: &lt;img src=x onerror=alert(1)&gt; &amp; more');
  });

  it('leaves what is not its own to n8n', () => {
    const own = new NodeOperationError(node(), 'The expression has a mistake', { description: 'Look at it' });

    expect(toNodeError(node(), own, 2, '')).toMatchObject({ message: 'The expression has a mistake', description: 'Look at it' });
    expect(toNodeError(node(), new TypeError('x is not a function'), 2, '')).toMatchObject({
      message: 'x is not a function',
      context: { itemIndex: 2 },
    });
    expect(toNodeError(node(), 'text', 2, '').message).toBe('text');
  });
});

describe('toErrorItem', () => {
  it('has error and message and nothing else, which n8n needs to find the right branch', () => {
    const item = toErrorItem(error(), 4);

    expect(item).toEqual({
      json: {
        error: 'Campaign did not accept the request (500)',
        message: { reason: 'rejected', description: 'Fields sent: gender.', httpCode: '500', requestId: 'req-7', fieldsSent: ['gender'] },
      },
      pairedItem: { item: 4 },
    });
  });

  it('leaves out what is not known', () => {
    const { json } = toErrorItem(error({ httpStatus: undefined, requestId: undefined, facts: undefined }), 0);

    expect(Object.keys(json.message as object)).toEqual(['reason', 'description']);
  });

  it.each([
    [new TypeError('x is not a function'), 'x is not a function', ''],
    [
      new NodeOperationError(node(), 'The expression has a mistake', { description: 'Look at it' }),
      'The expression has a mistake',
      'Look at it',
    ],
    ['text', 'text', ''],
    [undefined, 'undefined', ''],
  ])('has the same shape for what is not its own: %#', (thrown, message, description) => {
    const { json } = toErrorItem(thrown, 1);

    expect(Object.keys(json)).toEqual(['error', 'message']);
    expect(json).toMatchObject({ error: message, message: { reason: expect.any(String), description } });
  });
});

describe('what is easily got wrong', () => {
  it('tells what the other items had come to also when an expression ends the run', () => {
    const shown = toNodeError(
      node(),
      new NodeOperationError(node(), 'The expression has a mistake'),
      500,
      '499 of 1,000 items were completed.',
    );

    expect(shown.context.itemIndex).toBe(500);
    expect(shown.description).toContain('499 of 1,000 items were completed.');
  });

  it('does not blame the values of the item for a mistake of this package', () => {
    expect(toErrorItem(new TypeError('x is not a function'), 1).json.message).not.toMatchObject({ reason: 'invalidInput' });
  });
});

it('C2: a value with the word canceled does not make a canceled run of an error', () => {
  const errors = [invalidInput("'canceled@mail.com' cannot be used", 'Enter another one.'), new Error('Order was canceled')].map((error) =>
    toNodeError(node(), error, 0),
  );
  for (const { message } of errors) {
    expect(message).not.toContain('canceled');
    expect(message.replace(/\u2060/g, '')).toContain('canceled');
  }
});
