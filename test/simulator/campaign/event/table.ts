import type { Assumptions } from '../../assumptions';
import type { Clock } from '../../clock';

/** Adobe: Managing transactional messages; `targetingFailed` is Campaign Standard's. */
export type EventStatus =
  | 'pending'
  | 'processing'
  | 'paused'
  | 'processed'
  | 'ignored'
  | 'deliveryFailed'
  | 'routingFailed'
  | 'tooOld'
  | 'targetingFailed';

/** What a published event takes. */
export interface EventType {
  readonly name: string;
  /** Names that its context may have. */
  readonly context: readonly string[];
  /** The name in its context by which the profile is found, so that no address is needed; null for an event that needs one. */
  readonly reconciliation: string | null;
}

/** One event as it was received. */
export interface StoredEvent {
  readonly id: number;
  readonly type: EventType;
  readonly email: string;
  readonly mobilePhone: string;
  readonly channel: 'email' | 'sms' | '';
  readonly scheduled: string;
  readonly expiration: string;
  readonly ctx: Readonly<Record<string, unknown>>;
  /** Simulated time of arrival, in ms. */
  readonly receivedAt: number;
  /** What it comes to in the end; `paused` is where it stays. */
  readonly outcome: EventStatus;
}

const SEED: readonly EventType[] = [
  { name: 'EVTcart', context: ['firstName', 'cartTotal', 'items', 'orderedAt', 'isMember'], reconciliation: null },
  { name: 'EVTbirthday', context: ['customerId'], reconciliation: 'customerId' },
];

/** The published events and what was sent to them, as tests see them too: behind the API and uncounted. */
export class EventTable {
  private readonly types = new Map(SEED.map((type) => [type.name, type]));
  private readonly events: StoredEvent[] = [];
  private outcome: EventStatus = 'processed';

  constructor(
    private readonly clock: Clock,
    private readonly assumptions: Assumptions,
  ) {}

  type(name: string): EventType | undefined {
    return this.types.get(name);
  }

  /** Publishes another event; the profile of a profile-based one is found by the first name of its context. */
  publish(name: string, context: readonly string[], isProfileEvent = false): void {
    this.types.set(name, { name, context, reconciliation: isProfileEvent ? (context[0] ?? null) : null });
  }

  /** Takes an event out of service; its id is unknown from then on. */
  unpublish(name: string): void {
    this.types.delete(name);
  }

  /** What the events received from now on come to, whatever their dates say; `processed` is the default. */
  endWith(outcome: EventStatus): void {
    this.outcome = outcome;
  }

  receive(event: Omit<StoredEvent, 'id' | 'receivedAt' | 'outcome'>): StoredEvent {
    const { type, ctx } = event;
    const isNobodys = type.reconciliation !== null && isBlank(ctx[type.reconciliation]);
    const outcome = isNobodys && this.assumptions.profileEventWithoutKey === 'ignored' ? 'ignored' : this.outcome;
    const stored = { ...event, id: this.events.length + 1, receivedAt: this.clock.milliseconds(), outcome };
    this.events.push(stored);
    return stored;
  }

  get(id: number): StoredEvent | undefined {
    return this.events[id - 1];
  }

  /** All events in order of arrival. */
  all(): readonly StoredEvent[] {
    return this.events;
  }

  /** Pending until it is due, processing for a while, and then what it comes to; too old if its time is over by then. */
  statusOf({ receivedAt, scheduled, expiration, outcome }: StoredEvent): EventStatus {
    const { pendingEventMs, processingEventMs } = this.assumptions;
    const now = this.clock.milliseconds();
    const begins = Math.max(receivedAt + pendingEventMs, moment(scheduled) ?? 0);
    const expires = moment(expiration);
    if (expires !== undefined && expires <= begins) return now < expires ? 'pending' : 'tooOld';
    if (now < begins) return 'pending';
    if (outcome === 'paused') return 'paused';
    return now < begins + processingEventMs ? 'processing' : outcome;
  }
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** ms since 1970 of a date and time in Campaign's form; undefined for an empty one. */
export function moment(text: string): number | undefined {
  return text === '' ? undefined : Date.parse(text.replace(' ', 'T'));
}
