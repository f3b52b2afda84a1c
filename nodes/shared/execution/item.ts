import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isObject, ownValue } from '../campaign/records';
import { StepParameters } from './stepParameters';
import { Poller } from '../campaign/actions/poller';
import type { Polling } from '../campaign/actions/pollUntil';
import { realClock, type Clock } from '../transport/clock';
import type { Places } from './workers';

/** What a resource mapper asks to be written, and the column that says to which record. */
export interface MappedFields {
  readonly values: Readonly<Record<string, unknown>>;
  /** Undefined where the mapper has no matching columns. */
  readonly matchingColumn?: string;
  /** Whether the values came from the item's own columns rather than from fields that somebody filled in. */
  readonly isAutomatic: boolean;
}

/** So many items may wait for earlier ones with the same key without holding a place. */
const MOST_QUEUED = 1000;

/**
 * What the items of one run share. Parameters without an expression are the same for every item and are read once;
 * tasks on one record keep the order of the items.
 */
export class Run {
  readonly hints = new Set<string>();
  /** Its waits end when the workflow is stopped. */
  readonly clock: Clock;
  /** Addresses of what this run created, by what the items identify it with. */
  readonly created = new Map<string, string>();
  /** What this run may have created without knowing, likewise. */
  readonly doubtful = new Set<string>();
  private readonly constants = new Map<string, unknown>();
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly rawParameters: IDataObject;

  /** Looks for all items that wait for Campaign to get something done. */
  readonly polling: Polling;
  /** How many items wait for an earlier one with the same key, and gave their place to others. */
  private queued = 0;

  /** @param places what an item gives up while it waits; it keeps its place where there are none */
  constructor(
    private readonly context: IExecuteFunctions,
    private readonly places: Places = { rest: async (task) => await task() },
  ) {
    this.rawParameters = context.getNode().parameters as IDataObject;
    const clock = realClock(context.getExecutionCancelSignal());
    const poller = new Poller(clock);
    this.clock = { now: () => clock.now(), wait: async (milliseconds) => await places.rest(async () => await clock.wait(milliseconds)) };
    this.polling = { until: async (...wanted) => await places.rest(async () => await poller.until(...wanted)) };
  }

  /** Value of a parameter for one item; expressions are evaluated by n8n, everything else is read once. */
  parameter(name: string, index: number, fallback?: unknown): unknown {
    const known = this.constants.get(name);
    if (known !== undefined) return known;
    const value: unknown = this.context.getNodeParameter(name, index, fallback);
    if (!hasExpression(this.raw(name)) && value !== undefined) this.constants.set(name, value);
    return value;
  }

  /** The parameter as it is stored in the workflow, expressions not evaluated. */
  raw(path: string): unknown {
    return path.split('.').reduce<unknown>((value, key) => (isObject(value) ? ownValue(value, key) : undefined), this.rawParameters);
  }

  /** Runs `task` after all earlier tasks with the same `key`, so that the last item wins, as it would one by one. */
  async inOrder<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const earlier = this.queues.get(key);
    const result = earlier ? this.after(earlier, task) : task();
    this.queues.set(key, result);
    try {
      return await result;
    } finally {
      if (this.queues.get(key) === result) this.queues.delete(key);
    }
  }

  /** Where very many wait for one, the last of them keep their places: what they hold in memory is bounded by that. */
  private async after<Result>(earlier: Promise<unknown>, task: () => Promise<Result>): Promise<Result> {
    const settled = earlier.then(
      () => {},
      () => {},
    );
    if (this.queued >= MOST_QUEUED) {
      await settled;
    } else {
      this.queued += 1;
      await this.places.rest(async () => await settled);
      this.queued -= 1;
    }
    return await task();
  }
}

/** One input item and the node's parameters as they read for it. */
export class Item extends StepParameters {
  constructor(
    private readonly run: Run,
    readonly index: number,
    readonly json: IDataObject,
  ) {
    super();
  }

  /** For operations that wait for Campaign to get something done. */
  get clock(): Clock {
    return this.run.clock;
  }

  /** See `Run.polling`. */
  get polling(): Polling {
    return this.run.polling;
  }

  /** See `Run.parameter`. */
  override value(name: string, fallback?: unknown): unknown {
    return this.run.parameter(name, this.index, fallback);
  }

  /**
   * What a resource mapper holds. In automatic mode nothing is evaluated: the item's columns are the values. The
   * parameter is read value by value because n8n would convert it as a whole, by rules and with messages that do not
   * know Campaign's enumerations and dates.
   */
  mappedFields(name: string): MappedFields {
    const mapper = this.run.raw(name);
    const { mappingMode, matchingColumns, value } = isObject(mapper) ? mapper : {};
    const matchingColumn = Array.isArray(matchingColumns) && typeof matchingColumns[0] === 'string' ? matchingColumns[0] : undefined;
    if (mappingMode === 'autoMapInputData') return { values: this.json, matchingColumn, isAutomatic: true };

    const values = new Map<string, unknown>();
    for (const [field, entered] of Object.entries(isObject(value) ? value : {})) {
      // Null is how the editor stores a field that nobody filled in.
      if (entered === null || entered === undefined) continue;
      values.set(field, this.value(`${name}.value.${field}`, entered));
    }
    return { values: Object.fromEntries(values), matchingColumn, isAutomatic: false };
  }

  /** See `Run.inOrder`. */
  async inOrder<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    return await this.run.inOrder(key, task);
  }

  /** Address of what an earlier item with the same `key` created: it may not be found by a filter yet. */
  createdBefore(key: string): string | undefined {
    return this.run.created.get(key);
  }

  /** Keeps the address of what this item created, for later items with the same `key`. */
  rememberCreated(key: string, url: string): void {
    this.run.created.set(key, url);
  }

  /** Whether an earlier item with the same `key` was sent and what became of it was never known. */
  mayBeCreated(key: string): boolean {
    return this.run.doubtful.has(key);
  }

  /** Keeps that the outcome of this item is not known, for later items with the same `key`. */
  rememberDoubt(key: string): void {
    this.run.doubtful.add(key);
  }

  /** Says something about the whole run in the output panel, once. */
  hint(message: string): void {
    this.run.hints.add(message);
  }
}

function hasExpression(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('=');
  if (Array.isArray(value)) return value.some(hasExpression);
  return isObject(value) && Object.values(value).some(hasExpression);
}
