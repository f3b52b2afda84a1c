import { json, type Answer } from '../../answers';
import { refuse } from '../errors';
import { absoluteHref } from '../instance';
import type { StoredRecord } from '../records/store';
import { endpointOf } from '../resource';
import type { Scene } from '../scene';

/** The services a profile is subscribed to: none, as long as the instance has no services. */
export function answerSubscriptions(_profile: StoredRecord, rest: readonly string[], { call, instance }: Scene): Answer {
  if (call.method !== 'GET' || rest.length > 0) return refuse({ kind: 'unsupportedEndpoint', endpoint: endpointOf(call) });
  const count = { href: `${absoluteHref(instance, call.path.replace(/\/$/, ''))}//_count`, value: 0 };
  return json(200, { content: [], count, serverSidePagination: true });
}
