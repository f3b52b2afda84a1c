import { randomBytes } from 'node:crypto';
import { CursorMint } from './campaign/cursors';
import { EventTable } from './campaign/event/table';
import { storeOf, type CampaignInstance } from './campaign/instance';
import { Keyring } from './campaign/keys';
import { makePeople } from './campaign/profile/people';
import { RecordStore } from './campaign/records/store';
import { seedAudiences, seedDeliveries } from './campaign/references';
import { ENTITIES } from './campaign/registry';
import { Sealer } from './campaign/seal';
import { followEnds } from './campaign/subscription/table';
import { WorkflowTable } from './campaign/workflow/table';
import { DEFAULT_ASSUMPTIONS, type Assumptions } from './assumptions';
import { makeCertificate } from './certificate';
import { Clock } from './clock';
import { FaultRules } from './faults';
import { TOKEN_PATH } from './ims';
import { DEFAULT_SETTINGS, DEFAULT_START, ownSettings, type Dialect, type SimulatorOptions, type SimulatorSettings } from './options';
import { ProfileStore } from './profileStore';
import { RateLimit } from './rateLimit';
import { ReferenceStore, type AudienceStore, type DeliveryStore } from './referenceStore';
import { makeServer, takeRequest, type Incoming, type Outcome } from './server';
import { ResourceStores } from './resourceStores';
import { ServiceStore } from './serviceStore';
import { StatsRecorder, type Stats } from './stats';
import { SubscriptionStore } from './subscriptionStore';
import { CAMPAIGN_SCOPES, TokenStore } from './tokens';

export {
  ASSUMPTION_NAMES,
  CHOICES,
  DEFAULT_ASSUMPTIONS,
  isAssumption,
  parseAssumptions,
  type AssumptionName,
  type Assumptions,
} from './assumptions';
export type { EventStatus, EventTable, StoredEvent } from './campaign/event/table';
export type { SimulatedWorkflow, WorkflowTable } from './campaign/workflow/table';
export { faultActions, FaultRules, type FaultAction, type FaultRule } from './faults';
export type { DataPolicy, Dialect, SimulatorOptions, SimulatorSettings } from './options';
export { ProfileStore, type StoredProfile } from './profileStore';
export { ServiceStore, type StoredService } from './serviceStore';
export type { ReceivedRequest, Stats } from './stats';
export type { Incoming, Outcome } from './server';
export { SubscriptionStore, type StoredSubscription } from './subscriptionStore';
export type { RepeatedWrite } from './writeLedger';

/** A running Adobe Campaign stand-in: token endpoint, gateway and one Campaign instance behind a port. */
export interface Simulator {
  /** API base URL, for example `http://127.0.0.1:41234`; the token endpoint shares the port. */
  readonly url: string;
  readonly tokenUrl: string;
  readonly dialect: Dialect;
  readonly organization: string;
  readonly apiKey: string;
  readonly clientSecret: string;
  /** Scopes that a token needs, as Adobe Developer Console shows them. */
  readonly scopes: string;
  /** PEM that clients have to trust; https only. */
  readonly certificate?: string;
  /** Can be changed at any time. */
  readonly settings: SimulatorSettings;
  /** Can be changed at any time. */
  readonly assumptions: Assumptions;
  readonly faults: FaultRules;
  readonly clock: Clock;
  readonly stats: Stats;
  resetStats(): void;
  readonly profiles: ProfileStore;
  readonly services: ServiceStore;
  readonly subscriptions: SubscriptionStore;
  /** The records of any resource, for example `resources.get('cusOrder')`. */
  readonly resources: ResourceStores;
  readonly audiences: AudienceStore;
  readonly deliveries: DeliveryStore;
  readonly workflows: WorkflowTable;
  readonly events: EventTable;
  /** A bearer token that the gateway takes. Default lifetime: that of the settings. */
  mintToken(options?: { lifetimeSeconds?: number; scopes?: string }): string;
  /** All tokens minted so far stop being valid. */
  expireTokens(): void;
  /**
   * Takes a request that comes without a connection, for tests that have no time for one.
   *
   * @param pause waits so many ms, in whatever time the test runs in
   */
  take(request: Incoming, pause: (ms: number) => Promise<void>): Promise<Outcome>;
  /** Stops listening and breaks all connections. */
  close(): Promise<void>;
}

/**
 * Starts a simulator.
 * @throws Error with `code` EADDRINUSE if the port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { dialect = 'v8', host = '127.0.0.1', organization = 'northwind', seed = 1 } = options;
  const { apiKey = `simulated-api-key-${randomBytes(16).toString('hex')}`, startAt = DEFAULT_START } = options;
  const { clientSecret = `p8e-simulated-client-secret-${randomBytes(16).toString('hex')}` } = options;
  const settings: SimulatorSettings = { ...DEFAULT_SETTINGS, ...ownSettings(), publicUrl: '', ...options.settings };
  const assumptions: Assumptions = { ...DEFAULT_ASSUMPTIONS, ...options.assumptions };
  const people = await makePeople(options.profiles ?? 200, seed, startAt);
  const certificate = options.https === true ? await makeCertificate(host) : null;

  const clock = new Clock(startAt);
  const stats = new StatsRecorder();
  const tokens = new TokenStore(clock);
  const faults = new FaultRules(seed);
  const sealer = new Sealer();
  const keys = new Keyring(sealer, settings);
  const tables = ENTITIES.filter(({ name, table }) => name === table);
  const stores = new Map(tables.map((entity) => [entity.name, new RecordStore(entity, () => clock.now(), assumptions)]));
  const references = { audiences: seedAudiences(), deliveries: seedDeliveries() };
  const cursors = new CursorMint(sealer);
  const execution = { workflows: new WorkflowTable(clock, assumptions), events: new EventTable(clock, assumptions) };
  const choices = { organization, dialect, settings, assumptions };
  const campaign: CampaignInstance = { ...choices, ...references, ...execution, clock, keys, cursors, writes: stats.writes, stores };
  const profiles = storeOf(campaign, 'profile');
  const services = storeOf(campaign, 'service');
  const subscriptions = storeOf(campaign, 'subscription');
  followEnds(subscriptions, profiles, services);
  for (const person of people) profiles.insert(person, startAt);
  for (const entity of ENTITIES) {
    for (const values of entity.seed) storeOf(campaign, entity.name).insert(values, startAt);
  }

  const backend = { apiKey, clientSecret, tokens, rateLimit: new RateLimit(settings, clock), faults, stats, campaign };
  const server = makeServer(backend, certificate);
  const url = await server.listen({ host, port: options.port ?? 0 });
  if (settings.publicUrl === '') settings.publicUrl = url;

  return {
    url,
    tokenUrl: `${url}${TOKEN_PATH}`,
    dialect,
    organization,
    apiKey,
    clientSecret,
    scopes: CAMPAIGN_SCOPES,
    certificate: certificate?.certificate,
    settings,
    assumptions,
    faults,
    clock,
    stats,
    resetStats: () => stats.reset(),
    profiles: new ProfileStore(profiles, keys),
    services: new ServiceStore(services, keys),
    subscriptions: new SubscriptionStore(subscriptions, profiles, services, keys),
    resources: new ResourceStores(stores, keys),
    audiences: new ReferenceStore('audience', references.audiences, keys),
    deliveries: new ReferenceStore('delivery', references.deliveries, keys),
    ...execution,
    mintToken: ({ lifetimeSeconds = settings.tokenLifetimeSeconds, scopes = CAMPAIGN_SCOPES } = {}) => tokens.mint(lifetimeSeconds, scopes),
    expireTokens: () => tokens.expireAll(),
    take: async (request, pause) => {
      try {
        return await takeRequest(backend, request, pause);
      } finally {
        stats.ended();
      }
    },
    close: () => server.close(),
  };
}
