import { campaignDateTime } from '../../clock';
import type { Values } from '../records/store';
import type { EntityType } from './entity';

/** What has to be said of an entity. */
type Described = Pick<EntityType, 'id' | 'name' | 'documentName' | 'schema' | 'schemaLabel' | 'help' | 'fields'>;

/** An entity that is like most: in both profile APIs of both dialects, written to at will, with two times of its own. */
const LIKE_MOST: Omit<EntityType, keyof Described | 'label' | 'table'> = {
  apis: ['profileAndServices', 'profileAndServicesExt'],
  dialects: ['v8', 'acs'],
  isTopLevel: true,
  methods: ['GET', 'POST', 'PATCH', 'DELETE'],
  seed: [],
  keyLength: 91,
  filters: [],
  customKey: null,
  indexed: [],
  derive: () => ({}),
  mint: timesOf,
  touch: (now) => ({ lastModified: campaignDateTime(now) }),
  // Adobe's own tests expect it of profiles; the others are said to behave like them.
  createStatus: () => 201,
  isListed: null,
  checkRemoval: () => undefined,
  readBody: (body) => body,
  present: null,
  subCollections: {},
};

/**
 * The times of a new record. In recorded answers the two differ by one or two milliseconds, and `lastModified` is the earlier one.
 */
export function timesOf(id: number, now: Date): Values {
  return { created: campaignDateTime(new Date(now.getTime() + 1 + (id % 2))), lastModified: campaignDateTime(now) };
}

/** An entity from what sets it apart; listed in the registry, it has a table and URLs. */
export function defineEntity(described: Described & Partial<EntityType>): EntityType {
  return { ...LIKE_MOST, label: described.schemaLabel, table: described.name, ...described };
}
