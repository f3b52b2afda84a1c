import type { CampaignResponse } from '../../../../nodes/shared/transport/transport';
import { json, text } from '../campaign';

const HTML = '<html><body>Sign in</body></html>';
const KEY = '@stranger';

/** What may come in the place of Campaign's answer: from a proxy, another version, or a rule of somebody's data model. */
export const ODD_ANSWERS: ReadonlyArray<readonly [string, CampaignResponse]> = [
  ['nothing', text('')],
  ['a page', text(HTML)],
  ["a web server's 404", text(HTML, 404)],
  ["a gateway's 404", json({ message: 'no Route matched with those values' }, 404)],
  ['an error with a good status', text('RST-360000 An error has occurred')],
  ['JSON that was cut', text('{"content":[{"PKey":"@a"')],
  ['null', json(null)],
  ['a list', json([])],
  ['a list of records', json([{ PKey: KEY }])],
  ['text', json('yes')],
  ['a number', json(7)],
  ['an empty object', json({})],
  ['content that is null', json({ content: null })],
  ['content that is an object', json({ content: {} })],
  ['a row that is null', json({ content: [null] })],
  ['a row that is text', json({ content: ['amy.dakota@mail.com'] })],
  ['a row that is a list', json({ content: [[]] })],
  ['a row without anything', json({ content: [{}] })],
  ['a row of nulls', json({ content: [{ PKey: null, href: null, email: null, name: null, orderNumber: null }] })],
  ['a row with a blank key', json({ content: [{ PKey: '', href: '', email: 'amy.dakota@mail.com', name: 'weekly_offers' }] })],
  ['a key that is a number', json({ PKey: 7 })],
  ['a key alone', json({ PKey: KEY })],
  [
    'a record of nulls',
    json({ PKey: KEY, href: null, email: null, name: null, state: null, status: null, subscriptions: null, activities: null }),
  ],
  ['a record of lists', json({ PKey: KEY, href: [], email: [], name: [], state: [], status: [], subscriptions: [], activities: [] })],
  ['a description of nothing', json({ PKey: KEY, content: {}, filters: {} })],
  ['a description of nulls', json({ PKey: KEY, content: { email: null }, filters: null })],
];
