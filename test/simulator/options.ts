import type { Assumptions } from './assumptions';

/** Which generation of Adobe Campaign the simulator is: Campaign v8 or Campaign Standard. */
export type Dialect = 'v8' | 'acs';

/** How a text attribute changes or refuses what is written to it; '' does neither. */
export type DataPolicy = '' | 'smartCase' | 'lowerCase' | 'upperCase' | 'email' | 'phone' | 'identifier' | 'resIdentifier';

/** What can be changed while the simulator runs. */
export interface SimulatorSettings {
  /** Time between the arrival of a request and its handling, in milliseconds. */
  latencyMs: number;
  /** Every answer carries key texts never used before; old ones keep working. Default: one text per record and context. */
  freshKeys: boolean;
  /** Requests accepted within any second of the simulator's clock; more are answered 429. null: no cap. */
  requestsPerSecond: number | null;
  /** Seconds in Retry-After of a 429 (then error 429050); null: no header, and `throttleCode` as the error. */
  retryAfterSeconds: number | null;
  /** The error of a 429 without Retry-After: service limit (429001) or developer key limit (429002). */
  throttleCode: '429001' | '429002';
  /** Tables with more records hide `next` unless `_forcePagination=true`. Adobe's XtkBigTableThreshold: 100,000. */
  bigTableThreshold: number;
  /** `expires_in` of the tokens minted from now on. Adobe: about 24 hours. */
  tokenLifetimeSeconds: number;
  /** Form of v8 error bodies; Adobe does not state it. ACS always answers plain text. */
  errorBodies: 'text' | 'json';
  /** Status of the gateway's "Oops" for what it cannot route: 500, or 502 as for a tenant without DNS entry. */
  unroutableStatus: 500 | 502;
  /** Organizations that exist but are not among the token's product contexts; add the simulator's own to miss the product profile. */
  organizationsOutOfContext: string[];
  /** The code with which a missing product context is refused. */
  productContextCode: '403020' | '403023' | '403024';
  /** Prints `next.href` relative, as older ACS instances do. */
  relativeNextHrefs: boolean;
  /** Resources whose publication is taken back, by name: to all APIs they are unknown. */
  unpublishedResources: string[];
  /**
   * Data policies that administrators gave to text attributes, by name, in place of those the attributes have, for example
   * `{ cusTopic: 'upperCase' }`. Adobe: Metadata mechanism; Campaign Classic names smartCase, lowerCase, upperCase, email, phone,
   * identifier and resIdentifier.
   */
  dataPolicies: Record<string, DataPolicy>;
  /** Origin of every href. Default: the simulator's own url. */
  publicUrl: string;
  /** How far the `Date` of answers is from the simulator's clock, in ms, as behind a server whose time is wrong; null: no such header. */
  dateOffsetMs: number | null;
  /** Requests kept in `stats.received`, the oldest go first. Counters are not affected. 0: keep none. */
  requestLogLimit: number;
}

/** How a simulator starts. */
export interface SimulatorOptions {
  /** Default v8. */
  dialect?: Dialect;
  /** Serve TLS with a certificate made at start. Default false. */
  https?: boolean;
  /** 0, the default, takes any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The organization segment of the API path. Default northwind. */
  organization?: string;
  apiKey?: string;
  clientSecret?: string;
  /** Profiles at start. Default 200. */
  profiles?: number;
  /** Seed of the people and of the random faults. Default 1. */
  seed?: number;
  /** Simulated time at start, and the created and lastModified of the first profiles. Default 2026-01-15T09:00:00Z. */
  startAt?: Date;
  settings?: Partial<SimulatorSettings>;
  assumptions?: Partial<Assumptions>;
}

export const DEFAULT_START = new Date('2026-01-15T09:00:00.000Z');

/** Settings that are lists or tables. */
type OwnSetting = 'organizationsOutOfContext' | 'unpublishedResources' | 'dataPolicies';

/** Everything except `publicUrl`, which is known once the server listens, and what every simulator has a copy of its own of. */
export const DEFAULT_SETTINGS: Readonly<Omit<SimulatorSettings, 'publicUrl' | OwnSetting>> = {
  latencyMs: 0,
  freshKeys: false,
  requestsPerSecond: null,
  retryAfterSeconds: null,
  throttleCode: '429001',
  bigTableThreshold: 100_000,
  tokenLifetimeSeconds: 86_399,
  errorBodies: 'text',
  unroutableStatus: 500,
  productContextCode: '403023',
  relativeNextHrefs: false,
  dateOffsetMs: 0,
  requestLogLimit: 10_000,
};

/** The settings that are lists or tables, each time new ones. */
export function ownSettings(): Pick<SimulatorSettings, OwnSetting> {
  return { organizationsOutOfContext: ['southwind'], unpublishedResources: [], dataPolicies: {} };
}
