import type { IPollFunctions } from 'n8n-workflow';

import { invalidInput } from '../campaign/error';

/** A step's parameters, as they read for one item or for one poll. */
export abstract class StepParameters {
  /** Any parameter, unparsed. */
  abstract value(name: string, fallback?: unknown): unknown;

  /** A switch. */
  flag(name: string): boolean {
    return this.value(name, false) === true;
  }

  /**
   * A number above zero.
   *
   * @throws CampaignError `invalidInput`
   */
  positiveNumber(name: string, displayName: string, fallback: number): number {
    const entered = this.value(name, fallback);
    const number = typeof entered === 'string' || typeof entered === 'number' ? Number(entered) : NaN;
    if (Number.isFinite(number) && number > 0) return number;
    throw invalidInput(`'${displayName}' is '${String(entered)}'`, 'Enter a number above 0.');
  }

  /**
   * One of the choices of a dropdown; the first is the default.
   *
   * @throws CampaignError `invalidInput` when an expression gives something else
   */
  choice<const Choice extends string>(name: string, displayName: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const value = this.value(name, choices[0]);
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return choice;
    throw invalidInput(`'${displayName}' is '${String(value)}'`, `Choose one of: ${choices.join(', ')}.`);
  }
}

/** The parameters of a step that polls: there are no items yet. */
export class PollParameters extends StepParameters {
  constructor(private readonly context: IPollFunctions) {
    super();
  }

  override value(name: string, fallback?: unknown): unknown {
    return this.context.getNodeParameter(name, fallback);
  }
}
