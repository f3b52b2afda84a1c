import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { isObject } from '../shared/campaign/records';
import { asObject } from '../shared/transport/http/parse';

/** Tells what this process handed over from what an earlier one did, of which nobody knows what became. */
const PROCESS = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

/** What was handed over to one execution. */
interface HandOver {
  /** What the place belongs to: another instance or kind of time has places of its own. */
  readonly origin: string;
  /** How far the trigger had come before, packed. */
  readonly before: IDataObject;
  state: 'running' | 'ended' | 'lost';
}

/** Executions of this process that may be under way, by step, the oldest first. */
const underWay = new Map<string, readonly HandOver[]>();

/**
 * How far a trigger has come with what is known to have reached its end. n8n stores the state of a step before the execution ends, so
 * that an execution that n8n loses takes its profiles with it. Whoever keeps the place of the oldest that has not ended can go back there.
 */
export class Confirmation {
  private handOvers: readonly HandOver[];

  /** @param step name of the step in this process */
  constructor(
    private readonly step: string,
    private readonly origin: string,
  ) {
    this.handOvers = (underWay.get(step) ?? []).filter((handOver) => handOver.origin === origin);
  }

  /**
   * Where to begin: where the state says, or before what was lost.
   *
   * @param stored what n8n keeps for the step
   * @returns packed progress
   */
  startOf(stored: Readonly<Record<string, unknown>>): unknown {
    const lost = this.handOvers.find(({ state }) => state === 'lost');
    if (lost) {
      this.handOvers = this.handOvers.slice(0, this.handOvers.indexOf(lost));
      return lost.before;
    }
    const { unconfirmed } = stored;
    return isObject(unconfirmed) && unconfirmed.process !== PROCESS ? unconfirmed.progress : stored.progress;
  }

  /** What the state has to hold besides the progress; undefined where everything has ended. */
  get pending(): IDataObject | undefined {
    const [oldest] = this.handOvers;
    return oldest && { process: PROCESS, progress: oldest.before };
  }

  /** A poll is about to hand over what comes after a place. */
  begin(before: IDataObject): HandOver {
    const handOver: HandOver = { origin: this.origin, before, state: 'running' };
    this.handOvers = [...this.handOvers, handOver];
    return handOver;
  }

  /** Keeps what is under way for the next poll of this process. */
  keep(): void {
    remember(this.step, this.handOvers);
  }

  /**
   * Starts an execution, as n8n does with what a poll returns, and learns from n8n when it has come to its end.
   *
   * @throws what n8n throws when it cannot take the items at all
   */
  start(context: IPollFunctions, profiles: readonly IDataObject[], handOver: HandOver): void {
    const settle = (state: HandOver['state']): void => {
      handOver.state = state;
      remember(this.step, underWay.get(this.step) ?? []);
    };
    context.__emit([profiles.map((json) => ({ json }))], undefined, {
      promise: Promise.resolve(undefined),
      resolve: () => settle('ended'),
      // n8n also rejects for an execution that had ended before it looked. One that somebody has stopped has ended, too.
      reject: (error) => settle(asObject(error).reason === 'shutdown' ? 'lost' : 'ended'),
    });
  }
}

/** One that has ended is of no more interest once those before it have ended as well. */
function remember(step: string, handOvers: readonly HandOver[]): void {
  const first = handOvers.findIndex(({ state }) => state !== 'ended');
  if (first < 0) underWay.delete(step);
  else underWay.set(step, handOvers.slice(first));
}
