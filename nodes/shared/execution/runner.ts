import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { CampaignClient } from '../campaign/client';
import { CampaignError, type CampaignErrorReason } from '../campaign/error';
import { doubtOf, EarlierTries, underWay, type Completed, type Fate } from './earlierTries';
import { openClient } from './openClient';
import { Item, Run } from './item';
import { escapeHtml, mindingFile, reasonOf, toErrorItem, toNodeError } from './nodeError';
import { checkPreview, readCaps, readPreview, readTimeout } from './runOptions';
import { findOperation, optionsOf, type Operation, type Resource } from './operation';
import { TransportError } from '../transport/transport';
import { shorten } from './account/tallies';
import { describeProgress, describeRun, sentencesFor, summarizePreview, usualOutcome, type Effort } from './account/summary';
import { MANY_RESULTS, paired, pairedOneByOne } from './pairedItems';
import { Workers } from './workers';

/** Enough to keep the gate busy while some items prepare their next request; each one more is more to keep in memory. */
const ITEMS_PER_REQUEST = 1.25;
/** Characters of one hint: more is not read. */
const LONGEST_HINT = 2000;

/**
 * Runs the chosen operation for every input item: the only loop and the only catch of this package.
 *
 * The first request goes alone, so that an empty or expired token is minted once; the other items follow when it is answered. An
 * item that waits for Campaign to get something done leaves its place to the next one. What no item can escape, e.g. a refused token, is answered alike for all without asking again.
 * Output keeps the order of the input. With "continue on fail" every failed item gives one error item; without it the run
 * ends with the first failed item once every request under way has come to its end; what only waits is given up.
 */
export async function runOperation(context: IExecuteFunctions, resources: readonly Resource[]): Promise<INodeExecutionData[][]> {
  const items = context.getInputData();
  if (items.length === 0) return [[]];
  const operation = chosenOperation(context, resources);
  const batch = new Batch(context, operation, items);
  await batch.run();
  const output = batch.output();
  batch.showHints(output);
  return [output];
}

function chosenOperation(context: IExecuteFunctions, resources: readonly Resource[]): Operation {
  const resource: unknown = context.getNodeParameter('resource', 0);
  const name: unknown = context.getNodeParameter('operation', 0);
  const operation = findOperation(resources, resource, name);
  if (operation) return operation;
  throw new NodeOperationError(context.getNode(), `There is no operation '${String(name)}' for '${String(resource)}'`, {
    description: 'The workflow may have been made with a newer version of this package: update it under Settings > Community nodes.',
  });
}

/** The items of one run and what became of them. */
class Batch {
  private readonly outcomes: Array<INodeExecutionData[] | undefined>;
  /** How often things went wrong, and with which item first: 100,000 errors with their stacks would be too much to keep. */
  private readonly failures = new Map<CampaignErrorReason, number>();
  private firstFailure: { readonly index: number; readonly error: unknown } | undefined;
  private completed = 0;
  /** How many records came to which end. */
  private readonly ends = new Map<string, number>();
  private readonly tries: EarlierTries | undefined;
  /** Items that an earlier try was done with. */
  private doneEarlier = 0;
  private readonly shared: Run;
  private readonly signal: AbortSignal | undefined;
  private readonly continues: boolean;
  private client: Promise<CampaignClient> | undefined;
  private opened: CampaignClient | undefined;
  private isOpen = false;
  private readonly workers: Workers;
  /** Items that were under way when the workflow was stopped. */
  private readonly interrupted: number[] = [];
  private sharedFailure: CampaignError | undefined;
  private previews = false;

  constructor(
    private readonly context: IExecuteFunctions,
    private readonly operation: Operation,
    private readonly items: readonly INodeExecutionData[],
  ) {
    this.outcomes = new Array<INodeExecutionData[] | undefined>(items.length);
    this.workers = new Workers({
      count: items.length,
      process: (index) => this.process(index),
      room: () => this.room(),
      mayGoOn: () => this.mayGoOn(),
    });
    this.shared = new Run(context, this.workers, optionsOf(operation));
    this.tries = EarlierTries.of(context);
    this.signal = context.getExecutionCancelSignal();
    this.continues = context.continueOnFail();
  }

  async run(): Promise<void> {
    this.shared.memory.begin();
    try {
      await this.workers.run();
    } finally {
      this.shared.memory.end();
      this.shared.end();
    }
    this.endEarlyIfNeeded();
  }

  output(): INodeExecutionData[] {
    const output: INodeExecutionData[] = [];
    // `flatMap` takes three times as long, in which nobody else has a turn.
    for (const outcome of this.outcomes) for (const one of outcome ?? []) output.push(one);
    return output;
  }

  private async open(): Promise<CampaignClient> {
    // Options of the whole run: those of the first item.
    const first = new Item(this.shared, 0, this.items[0]?.json ?? {});
    const { writes = false, asksByPost = false } = this.operation;
    this.previews = writes && readPreview(first);
    const client = await openClient(this.context, {
      timeoutSeconds: readTimeout(first),
      signal: this.signal,
      caps: readCaps(first),
      access: this.previews ? 'preview' : writes || asksByPost ? 'write' : 'read',
    });
    this.leadTheWay(client);
    return client;
  }

  /** One item until Campaign has said yes for the first time, or an item has ended that asked it. */
  private room(): number {
    return this.opened && this.isOpen ? Math.ceil(ITEMS_PER_REQUEST * this.opened.requester.requestsInFlight) : 1;
  }

  private leadTheWay(client: CampaignClient): void {
    this.opened = client;
    void client.hasAnswered.then(() => this.letOthersIn());
  }

  private letOthersIn(): void {
    this.isOpen = true;
    this.workers.begin();
  }

  private mayGoOn(): boolean {
    return !this.signal?.aborted && (this.continues || !this.firstFailure);
  }

  private async process(index: number): Promise<void> {
    // What is done stays done, whatever this try has met since.
    const fate = this.fateOf(index);
    if (fate) {
      this.takeOver(index, fate);
      return;
    }
    if (this.sharedFailure) {
      this.fail(index, this.sharedFailure);
      return;
    }
    const given = this.items[index] ?? { json: {} };
    const item = new Item(this.shared, index, given.json);
    try {
      const client = await (this.client ??= this.open());
      if (this.operation.writes) checkPreview(item, this.previews);
      const results = await this.operation.run(client, item);
      const output =
        results.length > MANY_RESULTS ? await pairedOneByOne(results, index, this.signal) : results.map((json) => paired(json, index));
      const ends = item.outcomes.length > 0 ? item.outcomes : results.map(() => usualOutcome(this.operation.value));
      const done = { output, ends };
      this.complete(index, done);
      this.keep(index, done);
    } catch (error) {
      // What a stopped run has come to is said once, not 100,000 times.
      if (!this.signal?.aborted && !isCancellation(error)) this.fail(index, mindingFile(error, given));
      else if (!item.turn.isAwaited) this.interrupt(index);
    }
    if (!this.isOpen && this.opened?.requester.hasAsked) this.isOpen = true;
  }

  private complete(index: number, { output, ends }: Completed): void {
    this.outcomes[index] = output;
    this.completed += 1;
    for (const end of ends) this.ends.set(end, (this.ends.get(end) ?? 0) + 1);
  }

  private interrupt(index: number): void {
    this.interrupted.push(index);
    if (this.operation.addsEachTime) this.keep(index, { doubt: underWay() });
  }

  private fateOf(index: number): Fate | undefined {
    const item = this.items[index];
    return item && this.tries?.fateOf(item);
  }

  private keep(index: number, fate: Fate): void {
    const item = this.items[index];
    if (item) this.tries?.keep(item, fate);
  }

  /** What an earlier try has come to. */
  private takeOver(index: number, fate: Fate): void {
    if ('doubt' in fate) this.fail(index, fate.doubt);
    else {
      this.complete(index, fate);
      this.doneEarlier += 1;
    }
  }

  private fail(index: number, error: unknown): void {
    this.sharedFailure ??= this.errorForEveryItem(error);
    const reason = reasonOf(error);
    this.failures.set(reason, (this.failures.get(reason) ?? 0) + 1);
    if (!this.firstFailure || index < this.firstFailure.index) this.firstFailure = { index, error };
    this.outcomes[index] = [toErrorItem(error, index)];
    const doubt = this.operation.addsEachTime ? doubtOf(error) : undefined;
    if (doubt) this.keep(index, { doubt });
    // The run ends with this item: nobody hears of what others still wait for.
    if (!this.continues) this.shared.rests.end();
  }

  /** What no later item of the run can escape, be it behind an error that is about one item. */
  private errorForEveryItem(error: unknown): CampaignError | undefined {
    if (!(error instanceof CampaignError)) return undefined;
    // Once something has come through, the gateway knows the way: it was a hiccup.
    const isHiccup = error.details.reason === 'unroutable' && this.completed > 0;
    return error.details.everyItem && !isHiccup ? error : this.errorForEveryItem(error.cause);
  }

  private endEarlyIfNeeded(): void {
    if (this.signal?.aborted) {
      // n8n shows a run as canceled, and not as failed, when the message has that word.
      throw new NodeOperationError(this.context.getNode(), 'The execution was canceled', { description: this.progress() });
    }
    if (!this.firstFailure || this.continues) return;
    throw toNodeError(this.context.getNode(), this.firstFailure.error, this.firstFailure.index, this.progress());
  }

  private progress(): string {
    return describeProgress(this.completed, this.items.length, this.interrupted);
  }

  showHints(output: readonly INodeExecutionData[]): void {
    const { tallies, notes, emptied } = this.shared;
    const isSummedUp = this.items.length > 1 && !this.previews;
    if (this.previews) this.show(summarizePreview(output, this.items.length - this.completed), 'warning');
    if (isSummedUp) this.show(this.summary(), this.failures.size > 0 ? 'warning' : 'info');
    for (const sentence of notes.sentences()) this.show(sentence, 'info');
    const alone = isSummedUp ? [] : [...sentencesFor(this.failures, this.items.length), ...emptied.sentences()];
    for (const sentence of [...alone, ...tallies.sentences()]) this.show(sentence, 'warning');
  }

  private summary(): string {
    return describeRun({
      items: this.items.length,
      outcomes: this.ends,
      failures: this.failures,
      doneEarlier: this.doneEarlier,
      fields: this.shared.emptied.sentences(),
      effort: this.effort(),
    });
  }

  private effort(): Effort | undefined {
    if (!this.opened?.requester.hasAsked) return undefined;
    const { requestsMade, heldMilliseconds } = this.opened.requester;
    return { requests: requestsMade, heldMilliseconds };
  }

  /** The one way to the output panel, which shows HTML: names come from the input, and words from Campaign. */
  private show(text: string, type: 'info' | 'warning'): void {
    this.context.addExecutionHints({ message: escapeHtml(shorten(text, LONGEST_HINT)), type, location: 'outputPane' });
  }
}

function isCancellation(error: unknown): boolean {
  return error instanceof TransportError && error.failure === 'cancelled';
}
