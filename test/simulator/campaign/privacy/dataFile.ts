import { json } from '../../answers';
import { refuse } from '../errors';
import { parseBody } from '../records/write';
import { endpointOf, type SubCollection } from '../resource';
import type { StoredRecord } from '../records/store';
import { profilesConcerned, statusOf } from './outcome';

const SHOWN = ['email', 'firstName', 'lastName', 'mobilePhone', 'phone'] as const;

/** Answers POST to the data file of a request, whose name the body repeats: XML in a JSON text. Adobe: Creating a privacy request. */
export const dataFile: SubCollection = (request, rest, { call, instance }) => {
  if (call.method !== 'POST' || rest.length > 0) return refuse({ kind: 'unsupportedEndpoint', endpoint: endpointOf(call) });
  const isReady = request.type === 'access' && statusOf(request, instance) === 'complete';
  if (!isReady || parseBody(call.body).name !== request.name) return refuse({ kind: 'generic' });
  const profiles = profilesConcerned(request, instance).map(asXml).join('');
  return json(200, `<recipient-collection>${profiles}</recipient-collection>`);
};

function asXml(profile: StoredRecord): string {
  return `<recipient ${SHOWN.map((name) => `${name}="${escaped(String(profile[name] ?? ''))}"`).join(' ')}/>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
