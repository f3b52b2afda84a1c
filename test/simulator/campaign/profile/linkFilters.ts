import { builtIn, type Condition, type Filter } from '../collection/filter';
import { linkParameter } from '../collection/parameters';
import type { ProblemSubject } from '../errors';
import { storeOf, type CampaignInstance } from '../instance';
import { AUDIENCE, DELIVERY } from '../references';

type Members = (id: number, instance: CampaignInstance) => ReadonlySet<number>;

/** A filter whose one parameter is the PKey of something that knows its profiles. */
function byLink(
  name: string,
  label: string,
  parameter: string,
  target: (instance: CampaignInstance) => ProblemSubject,
  members: Members,
): Filter {
  const condition = (query: URLSearchParams, _view: unknown, instance: CampaignInstance): Condition => {
    const id = linkParameter(query, parameter, target(instance), instance);
    if (id === null) return { kind: 'absent' };
    const ids = members(id, instance);
    return { kind: 'test', matches: (profile) => ids.has(profile.id) };
  };
  return builtIn(name, label, [parameter], condition, { isVolatile: true });
}

function byDelivery(name: string, label: string, role: 'received' | 'opened' | 'clicked'): Filter {
  const members: Members = (id, { deliveries }) => deliveries.find((delivery) => delivery.id === id)?.[role] ?? new Set();
  return byLink(name, label, 'delivery', () => DELIVERY, members);
}

/** Adobe: Profile data model: the filters that take the PKey of another record. */
export const LINK_FILTERS: readonly Filter[] = [
  byLink(
    'byStaticAudience',
    'By static audience',
    'audience',
    () => AUDIENCE,
    (id, { audiences }) => audiences.find((audience) => audience.id === id)?.members ?? new Set(),
  ),
  byDelivery('hasReceivedDelivery', 'Has received a delivery', 'received'),
  byDelivery('hasOpenedDelivery', 'Has opened a delivery', 'opened'),
  byDelivery('hasClickedDelivery', 'Has clicked in a delivery', 'clicked'),
  byLink(
    'profile',
    'Profile',
    'profile',
    (instance) => storeOf(instance, 'profile').entity,
    (id) => new Set([id]),
  ),
  byLink(
    'subscribers',
    'Subscribers of a service',
    'service',
    (instance) => storeOf(instance, 'service').entity,
    (id, instance) =>
      new Set(
        storeOf(instance, 'subscription')
          .findBy('service', id)
          .map(({ subscriber }) => Number(subscriber)),
      ),
  ),
];
