import type { Assumptions } from '../assumptions';
import type { Clock } from '../clock';
import type { Dialect, SimulatorSettings } from '../options';
import type { WriteLedger } from '../writeLedger';
import type { CursorMint } from './cursors';
import type { EventTable } from './event/table';
import type { Keyring } from './keys';
import type { Audience, Delivery } from './references';
import type { RecordStore } from './records/store';
import type { WorkflowTable } from './workflow/table';

/** One Campaign instance: its data, and the choices that rule its behaviour. */
export interface CampaignInstance {
  readonly organization: string;
  readonly dialect: Dialect;
  readonly settings: SimulatorSettings;
  readonly assumptions: Assumptions;
  readonly clock: Clock;
  readonly keys: Keyring;
  readonly cursors: CursorMint;
  readonly writes: WriteLedger;
  readonly stores: ReadonlyMap<string, RecordStore>;
  readonly audiences: readonly Audience[];
  readonly deliveries: readonly Delivery[];
  readonly workflows: WorkflowTable;
  readonly events: EventTable;
}

/** The table of an entity. @throws Error for an entity without one */
export function storeOf(instance: CampaignInstance, name: string): RecordStore {
  const store = instance.stores.get(name);
  if (store === undefined) throw new Error(`This instance has no table of ${name}`);
  return store;
}

/** Absolute URL of a path below `/<organization>/campaign/`. */
export function absoluteHref(instance: CampaignInstance, path: string): string {
  return `${instance.settings.publicUrl}/${instance.organization}/campaign/${path}`;
}
