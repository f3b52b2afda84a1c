import type { ProblemSubject } from './errors';

/** Something that has a PKey but no resource of its own in these APIs. */
export interface Reference {
  readonly id: number;
  readonly name: string;
  readonly label: string;
}

/** A static audience: a list of profiles, by id. */
export interface Audience extends Reference {
  readonly members: Set<number>;
}

/** A delivery that was sent: who received, opened and clicked it, by id of the profile. */
export interface Delivery extends Reference {
  readonly received: Set<number>;
  readonly opened: Set<number>;
  readonly clicked: Set<number>;
}

export const AUDIENCE: ProblemSubject = { name: 'audience', documentName: 'Audience', schemaLabel: 'Audiences', schema: 'nms:group' };

export const DELIVERY: ProblemSubject = { name: 'delivery', documentName: 'Delivery', schemaLabel: 'Deliveries', schema: 'nms:delivery' };

/** The audiences of a new instance; the ids are those of the first profiles. */
export function seedAudiences(): Audience[] {
  return [
    { id: 1, name: 'AUD1', label: 'Loyal customers', members: new Set([1, 2, 3]) },
    { id: 2, name: 'AUD2', label: 'Nobody yet', members: new Set() },
  ];
}

/** The deliveries of a new instance; the ids are those of the first profiles. */
export function seedDeliveries(): Delivery[] {
  return [
    { id: 1, name: 'DM1', label: 'Winter sale', received: new Set([1, 2, 3, 5]), opened: new Set([1, 3]), clicked: new Set([3]) },
    { id: 2, name: 'DM2', label: 'Unsent', received: new Set(), opened: new Set(), clicked: new Set() },
  ];
}
