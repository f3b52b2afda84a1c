import { storeOf, type CampaignInstance } from '../instance';
import type { StoredRecord } from '../records/store';
import { NAMESPACES } from './namespaces';

/** The profiles that a privacy request is about. */
export function profilesConcerned({ namespaceName, reconciliationValue }: StoredRecord, instance: CampaignInstance): StoredRecord[] {
  const namespace = NAMESPACES.find(({ name }) => name === namespaceName);
  if (namespace === undefined) return [];
  return storeOf(instance, 'profile')
    .all()
    .filter((profile) => profile[namespace.attribute] === reconciliationValue);
}

/** How far a privacy request is: new until its time has passed on the simulator's clock, then one way or the other. */
export function statusOf(request: StoredRecord, instance: CampaignInstance): 'new' | 'complete' | 'errorDataNotFound' {
  const age = instance.clock.milliseconds() - Date.parse(String(request.lastModified).replace(' ', 'T'));
  if (age < instance.assumptions.privacySeconds * 1000) return 'new';
  return profilesConcerned(request, instance).length > 0 ? 'complete' : 'errorDataNotFound';
}
