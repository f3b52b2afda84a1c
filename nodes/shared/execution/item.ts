import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import type { Polling } from '../campaign/actions/pollUntil';
import type { Warn } from '../campaign/fields/readableFields';
import { isObject } from '../campaign/records';
import { inRecordOrder, Queues, Turn } from './recordOrder';
import { RunMemory } from './runMemory';
import { mapperFields, noMapper, noMapping, type MappedFields, type MapperField } from './reading/mapperFields';
import { ASK_ENGINE } from './reading/simpleExpressions';
import { RunParameters } from './runParameters';
import { StepParameters } from './stepParameters';
import { Tallies } from './account/tallies';
import type { Clock } from '../transport/clock';
import { Rests, type Places } from './workers';

/** What the items of one run share. Tasks on one record keep the order of the items. */
export class Run {
  /** What the output panel says besides the summary, for people to look at. */
  readonly tallies = new Tallies();
  /** The same for what is as it should be: it turns no step on the canvas yellow. */
  readonly notes = new Tallies();
  /** Fields that updates have emptied: what is lost is part of every summary. */
  readonly emptied = new Tallies();
  readonly node: INode;
  /** IANA name of the workflow's time zone. */
  readonly zone: string;
  readonly parameters: RunParameters;
  readonly memory = new RunMemory();
  /** Fires when the workflow is stopped. */
  readonly signal: AbortSignal | undefined;
  private readonly endings: Array<() => void> = [];
  private readonly shares = new Map<string, Promise<unknown>>();
  /** Tasks of this run that wait for each other. */
  readonly queues: Queues;

  /** How items wait for Campaign to get something done. */
  readonly rests: Rests;

  /**
   * @param places what an item gives up while it waits; it keeps its place where there are none
   * @param options what the operation shows under Options; undefined where nobody says
   */
  constructor(
    private readonly context: IExecuteFunctions,
    private readonly places: Places = { rest: async (task) => await task(), mayGoOn: () => true },
    readonly options?: ReadonlySet<string>,
  ) {
    this.node = context.getNode();
    this.parameters = new RunParameters(context, this.node);
    this.zone = context.getTimezone();
    this.signal = context.getExecutionCancelSignal();
    this.queues = new Queues(places, this.signal);
    this.rests = new Rests(places, this.signal);
  }

  get itemCount(): number {
    return this.context.getInputData().length;
  }

  /** All items, each as it is when somebody works on it. */
  *items(): Generator<Item, void, undefined> {
    for (const [index, { json }] of this.context.getInputData().entries()) yield new Item(this, index, json);
  }

  /** Whether more is to be done: no longer once an item has ended the run, or somebody has stopped it. */
  mayGoOn(): boolean {
    return this.places.mayGoOn();
  }

  /** Calls back when the run has come to its end. */
  onEnd(callback: () => void): void {
    this.endings.push(callback);
  }

  /** To be called once nothing is under way any more. */
  end(): void {
    for (const callback of this.endings.splice(0)) callback();
  }

  /** What is made once for the whole run. Whoever comes while it is being made waits for it. */
  async share<Value>(name: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.shares.get(name) ?? make();
    this.shares.set(name, known);
    // What stands under a name was made by the same `make`.
    return (await known) as Value;
  }
}

/** One input item and the node's parameters as they read for it. */
export class Item extends StepParameters {
  /** When its record is its own. */
  readonly turn = new Turn();
  /** What became of its records, as far as the operation says so: a word for each, e.g. `unchanged`. */
  readonly outcomes: string[] = [];

  constructor(
    private readonly run: Run,
    readonly index: number,
    readonly json: IDataObject,
  ) {
    super();
  }

  /** For operations that wait for Campaign to get something done. */
  get clock(): Clock {
    return this.run.rests.clock;
  }

  override get node(): INode {
    return this.run.node;
  }

  override get zone(): string {
    return this.run.zone;
  }

  /** Looks for all items that wait together. */
  get polling(): Polling {
    return this.run.rests.polling;
  }

  /**
   * What some parameters come to: read once for the whole run where none of them has an expression.
   *
   * @param read looks at parameters, and at nothing else of an item
   */
  settings<Value>(name: string, read: (item: Item) => Value): Value {
    return this.run.parameters.settings(name, () => read(this));
  }

  /** See `RunParameters.value`. */
  protected override value(name: string, fallback?: unknown): unknown {
    return this.run.parameters.value(name, this, fallback);
  }

  /**
   * What a resource mapper holds. In automatic mode nothing is evaluated: the item's columns are the values. The
   * parameter is read value by value because n8n would convert it as a whole, by rules and with messages that do not
   * know Campaign's enumerations and dates.
   *
   * @param only reads this one field, where it is a matter of choice
   * @throws CampaignError `invalidInput` for an expression in place of the mapper that gives none
   */
  mappedFields(name: string, displayName: string, only?: 'matchingColumn'): MappedFields {
    const stored = this.run.parameters.stored(name);
    const mapper = typeof stored === 'string' ? this.value(name) : stored;
    if (!isObject(mapper) || (typeof stored === 'string' && !Object.hasOwn(mapper, 'mappingMode'))) {
      if (stored === undefined || stored === null) return { values: {}, isAutomatic: false };
      throw noMapper(displayName, mapper);
    }
    const { mappingMode, matchingColumns, value } = mapper;
    const matchingColumn = Array.isArray(matchingColumns) && typeof matchingColumns[0] === 'string' ? matchingColumns[0] : undefined;
    if (mappingMode === 'autoMapInputData') return { values: this.json, matchingColumn, isAutomatic: true };
    if (typeof stored === 'string' || typeof value === 'string') {
      const given = typeof stored === 'string' ? value : this.value(`${name}.value`);
      if (isObject(given)) return { values: given, matchingColumn, isAutomatic: false };
      throw noMapping(displayName, given);
    }
    const entered = isObject(value) ? value : {};
    const fields = mapperFields(name, entered);
    const wanted = only === undefined ? fields : fields.filter((field) => field.name === matchingColumn);
    const values = Object.fromEntries(wanted.map((field) => [field.name, this.mapped(field)]));
    return { values, matchingColumn, isAutomatic: false };
  }

  private mapped({ path, stored, read }: MapperField): unknown {
    const value = read && !this.isTool ? read(this.json) : ASK_ENGINE;
    return value === ASK_ENGINE ? this.value(path, stored) : value;
  }

  protected override pathOf(name: string): string | undefined {
    return this.run.parameters.path(name, () => super.pathOf(name));
  }

  protected override get offeredOptions(): ReadonlySet<string> | undefined {
    return this.run.options;
  }

  /** See `RunParameters.stored`. */
  override stored(path: string): unknown {
    return this.run.parameters.stored(path);
  }

  /** See `Queues.inOrder`. */
  async inOrder<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    return await this.run.queues.inOrder(key, this.turn.of(task));
  }

  /** See `inRecordOrder`: what all runs of this process do to one record. */
  inRecordOrder<Result>(keys: readonly string[], task: () => Promise<Result>): Promise<Result> {
    return inRecordOrder(keys, this.turn.of(task), this.run.signal, this.run);
  }

  /** What all items of the run share, made by the first one that asks for it. */
  async shared<Value>(name: string, make: (run: Run) => Promise<Value>): Promise<Value> {
    return await this.run.share(name, async () => await make(this.run));
  }

  /** Waits for what is done for all items of the run, and lets others go on meanwhile. @param event never rejects */
  async restUntil(event: Promise<unknown>): Promise<void> {
    await this.run.queues.restUntil(event);
  }

  /** Address of what an earlier item with the same `key` created: it may not be found by a filter yet. */
  createdBefore(key: string): string | undefined {
    return this.run.memory.createdBefore(key);
  }

  /** Keeps the address of what this item created, for later items with the same `key`. */
  rememberCreated(key: string, url: string): void {
    this.run.memory.rememberCreated(key, url);
  }

  /** Whether an earlier item with the same `key` was sent and what became of it was never known. */
  mayBeCreated(key: string): boolean {
    return this.run.memory.mayBeCreated(key);
  }

  /** Keeps that the outcome of this item is not known, for later items with the same `key`. */
  rememberDoubt(key: string): void {
    this.run.memory.rememberDoubt(key);
  }

  /** Counts what befell fields of this item, to be summed up. @param sentence what befell them, e.g. `Columns left out` */
  tally(sentence: string, names: readonly string[]): void {
    for (const name of names) this.run.tallies.add(sentence, name);
  }

  /** The same of what is as it should be, and yet worth knowing. */
  note(sentence: string, names: readonly string[]): void {
    for (const name of names) this.run.notes.add(sentence, name);
  }

  /** Says something about a name in the output panel, once, e.g. of a resource. For what knows nothing of items. */
  get warn(): Warn {
    return (sentence, name) => this.run.tallies.mention(sentence, name);
  }

  /** Counts fields that an update of this item has emptied. */
  tallyEmptied(names: readonly string[]): void {
    for (const name of names) this.run.emptied.add('Emptied, because the value was blank', name);
  }

  /** Says what became of a record, for the summary of the run; without it the usual of the operation counts. */
  tellOutcome(outcome: string): void {
    this.outcomes.push(outcome);
  }

  /** Says something about the whole run in the output panel, once. */
  hint(message: string): void {
    this.run.tallies.say(message);
  }
}
