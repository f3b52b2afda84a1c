import type { IDataObject } from 'n8n-workflow';

import { invalidInput, type CampaignError } from '../campaign/error';
import { dateAdvice } from '../campaign/fields/dateAdvice';
import { campaignMoment, isoTextOf, momentIn } from '../campaign/fields/moments';
import { isPlainObject } from '../campaign/fields/plainJson';
import { isEmpty, numberIn, show, switchIn, textIn, trimmed, wantedText, withCommas } from '../campaign/scalars';
import { isObject } from '../campaign/records';
import { isSendable, parseKey } from '../campaign/urls';
import { pathOfOption } from './formerParameters';
import { parseJsonObject } from './reading/jsonObject';

/** What a resource locator holds: how somebody says what is meant, and the text that says it. */
export interface Locator {
  /** Undefined where an expression stands in place of the locator. */
  readonly mode: string | undefined;
  /** Trimmed; blank where nothing is chosen. */
  readonly value: string;
}

/** A point in time as somebody gave it. */
export interface GivenMoment {
  /** As Campaign takes it. */
  readonly text: string;
  /** ms since 1970 */
  readonly milliseconds: number;
}

/** What a number may be. */
export interface NumberRange {
  /** The largest that is taken; there is always one where a timer or a page depends on it. */
  readonly most?: number;
  readonly least?: number;
  /** What to do instead, as the end of a sentence. */
  readonly advice?: string;
}

/**
 * The one way in which operations read what a user set. A reader takes the forms that people and expressions give, and
 * refuses everything else by the parameter's name: nothing passes for another value, and nothing for "not given".
 *
 * All readers throw CampaignError `invalidInput`. Names are paths as n8n has them, e.g. `options.timeout`.
 */
export abstract class Parameters {
  /** Whether an AI agent calls: what a model leaves out arrives as blank text, and means "not given". */
  abstract readonly isTool: boolean;
  /** IANA name of the workflow's time zone, for dates that name none. */
  abstract readonly zone: string;

  /** A parameter as n8n gives it, `fallback` where there is none. Not for operations: they would have to parse it. */
  protected abstract value(name: string, fallback?: unknown): unknown;

  /** The same as it stands in the workflow, expressions not evaluated. */
  protected abstract stored(name: string): unknown;

  /** A switch. */
  flag(name: string, displayName: string, fallback = false): boolean {
    const given = this.given(name, fallback);
    const side = switchIn(given);
    if (side !== undefined) return side;
    throw this.refused(displayName, given, 'Turn it on or off, or let the expression give true or false.');
  }

  /** A number above zero, or from `least` on. */
  positiveNumber(name: string, displayName: string, fallback: number, { most = Infinity, least }: NumberRange = {}): number {
    const given = this.given(name, fallback);
    if (this.isDefault(name, given, fallback)) return fallback;
    const number = numberIn(given);
    if (typeof number === 'number' && (least === undefined ? number > 0 : number >= least) && number <= most) return number;
    const from = least === undefined ? 'above 0' : `from ${least} on`;
    throw this.refused(displayName, given, `Enter a number ${from}${most === Infinity ? '' : `, ${withCommas(most)} at the most`}.`);
  }

  /** A whole number of 1 or more. */
  count(name: string, displayName: string, fallback: number, { most = Infinity, least = 1, advice }: NumberRange = {}): number {
    const given = this.given(name, fallback);
    if (this.isDefault(name, given, fallback)) return fallback;
    const number = numberIn(given);
    if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return number;
    const range = most === Infinity ? `of ${least} or more` : `from ${least} to ${withCommas(most)}`;
    throw this.refused(displayName, given, `Enter a whole number ${range}${advice ? `, ${advice}` : ''}.`);
  }

  /** One of the choices of a dropdown; the first is the default. */
  choice<const Choice extends string>(name: string, displayName: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const given = this.given(name, choices[0]);
    const text = typeof given === 'string' ? trimmed(given) : given;
    for (const candidate of choices) if (candidate === text) return candidate;
    throw this.refused(displayName, given, `Choose one of: ${choices.join(', ')}.`);
  }

  /** Text without blanks around it, '' for none. Numbers and switches are taken in the form that text has. */
  text(name: string, displayName: string, fallback = ''): string {
    const given = this.given(name, fallback);
    if (isEmpty(given)) return '';
    const found = textIn(given);
    const text = found === undefined ? undefined : trimmed(found);
    if (text === undefined) throw this.refused(displayName, given, `Give ${wantedText(given)}.`);
    if (isSendable(text)) return text;
    throw invalidInput(`'${displayName}' has characters that cannot be sent`, 'Remove line breaks and broken characters from it.');
  }

  /** The same where something has to be given. @param advice what to do when nothing is */
  requiredText(name: string, displayName: string, advice: string): string {
    const text = this.text(name, displayName);
    if (text === '') throw invalidInput(`'${displayName}' is empty`, advice);
    return text;
  }

  /** A key that may stand in an address. @param advice what the key is, for one that cannot be it */
  key(name: string, displayName: string, advice?: string): string {
    return parseKey(this.given(name, ''), displayName, advice);
  }

  /** A point in time, undefined for none. An expression that finds none has lost the one that was meant. */
  moment(name: string, displayName: string): GivenMoment | undefined {
    const given = this.given(name, '');
    if (isEmpty(given)) {
      if (this.isLost(name)) throw this.refused(displayName, given, `Nothing was sent. Give a date and time, or remove '${displayName}'.`);
      return undefined;
    }
    const moment = momentIn(given, this.zone);
    if (moment) return { text: campaignMoment(moment), milliseconds: moment.milliseconds };
    throw invalidInput(
      `'${displayName}' takes a date and time such as 2026-01-31T09:30:00Z, not ${show(given)}`,
      `Nothing was sent. Correct the value. ${dateAdvice(given)}`.trim(),
    );
  }

  /** A day as `YYYY-MM-DD`, undefined for none. */
  day(name: string, displayName: string): string | undefined {
    const given = this.given(name, '');
    if (isEmpty(given)) return undefined;
    const moment = momentIn(given, this.zone);
    if (moment) return moment.day;
    throw invalidInput(
      `'${displayName}' takes a date such as 1980-10-24, not ${show(given)}`,
      `Nothing was sent. Correct the value. ${dateAdvice(given)}`.trim(),
    );
  }

  /**
   * A JSON object, as text or as an expression gives one. Blank text is an empty one where nothing was entered; an expression that
   * finds none has lost what was to be sent.
   *
   * @param advice what to enter instead
   */
  jsonObject(name: string, displayName: string, advice: string): IDataObject {
    const given = this.given(name, '{}');
    if (isEmpty(given) && this.isLost(name)) throw this.refused(displayName, given, advice);
    return parseJsonObject(given, displayName, advice);
  }

  /** What is chosen with a resource locator. */
  locator(name: string, displayName: string): Locator {
    const given = this.value(name);
    const { mode, value } = isObject(given) ? given : { mode: undefined, value: given };
    if (isEmpty(value)) return { mode: typeof mode === 'string' ? mode : undefined, value: '' };
    const text = typeof value === 'boolean' ? undefined : textIn(value);
    if (text === undefined) throw this.refused(displayName, value, `Give ${wantedText(value)}.`);
    return { mode: typeof mode === 'string' ? mode : undefined, value: trimmed(text) };
  }

  /** Names from a list: chosen ones, or text with commas between them. */
  names(name: string, displayName: string): string[] {
    const given = this.given(name, []);
    const list: unknown[] = typeof given === 'string' ? given.split(',') : Array.isArray(given) ? (given as unknown[]) : [given];
    return list
      .map((entry) => {
        const text = typeof entry === 'boolean' ? undefined : isEmpty(entry) ? '' : textIn(entry);
        if (text === undefined) throw this.refused(displayName, entry, 'Choose from the list, or give names with commas between them.');
        return trimmed(text);
      })
      .filter((entry) => entry !== '');
  }

  /**
   * The rows of a collection, each with the name of its kind.
   *
   * @param missing what would happen if what stands there were taken for nothing
   */
  rows(name: string, displayName: string, missing = ''): Row[] {
    this.refuseOneExpression(name, displayName);
    const given = this.value(name, {});
    const refuse = (value: unknown): CampaignError =>
      invalidInput(
        `'${displayName}' has ${show(value)} where an entry should be`,
        `${missing} Add the entries one by one, or remove them.`.trim(),
      );
    // An AI agent may leave the whole collection out.
    if (this.isTool && isEmpty(given)) return [];
    if (!isPlainObject(given)) throw refuse(given);
    return Object.entries(given).flatMap(([kind, entries]) =>
      // n8n stores a single entry as an object, e.g. when an AI agent fills it in.
      (Array.isArray(entries) ? (entries as unknown[]) : [entries]).map((entry) => {
        if (!isPlainObject(entry)) throw refuse(entry);
        return new Row(kind, entry, this);
      }),
    );
  }

  /**
   * n8n drops an expression that stands in place of a whole collection: what it was to say is lost.
   *
   * @param name of a collection
   */
  protected refuseOneExpression(name: string, displayName: string): void {
    if (typeof this.stored(name) !== 'string') return;
    throw invalidInput(
      `'${displayName}' is one expression, which n8n does not evaluate as a whole`,
      `Nothing was sent. Add the entries of '${displayName}' one by one, and use an expression for each value.`,
    );
  }

  /** What stands under Options, where that is known: what another operation has left behind there, nobody sees, and it says nothing. */
  protected get offeredOptions(): ReadonlySet<string> | undefined {
    return undefined;
  }

  /** Where a parameter stands, undefined where it says nothing. */
  protected pathOf(name: string): string | undefined {
    if (name.startsWith('options.')) {
      if (this.offeredOptions?.has(name.slice('options.'.length)) === false) return undefined;
      this.refuseOneExpression('options', 'Options');
    }
    return pathOfOption(name, (candidate) => this.stored(candidate));
  }

  /** What was given; for an AI agent blank means that nothing was. */
  private given(name: string, fallback: unknown): unknown {
    const path = this.pathOf(name);
    if (path === undefined) return fallback;
    const value = this.value(path, fallback);
    return this.isTool && isEmpty(value) ? fallback : value;
  }

  /** Whether an expression was to give a value that turns out to be blank; an AI agent leaves out what it does not know. */
  private isLost(name: string): boolean {
    const path = this.pathOf(name);
    const stored = path === undefined ? undefined : this.stored(path);
    return !this.isTool && typeof stored === 'string' && stored.startsWith('=');
  }

  /** Infinity stands for no limit where nothing is set; given by an expression, it is a mistake. */
  private isDefault(name: string, given: unknown, fallback: number): boolean {
    return given === fallback && (Number.isFinite(fallback) || this.stored(name) === undefined);
  }

  private refused(displayName: string, given: unknown, advice: string): CampaignError {
    const check = isEmpty(given) ? ` If it is an expression, check that it finds a value in every item.` : '';
    return invalidInput(`'${displayName}' is ${show(given)}`, `${advice}${check}`);
  }
}

/** One row of a collection: its parameters are read like all others. */
export class Row extends Parameters {
  readonly isTool: boolean;
  readonly zone: string;

  /** @param kind the name of the row's choice, e.g. `byName` */
  constructor(
    readonly kind: string,
    private readonly entry: IDataObject,
    { isTool, zone }: Pick<Parameters, 'isTool' | 'zone'>,
  ) {
    super();
    this.isTool = isTool;
    this.zone = zone;
  }

  /** Whether nothing stands there that counts: an AI agent leaves out what it does not know. */
  isLeftOut(name: string): boolean {
    return this.isTool && isEmpty(this.value(name));
  }

  /** Whether a date of JavaScript or of n8n's expressions stands there, rather than text. */
  isDateObject(name: string): boolean {
    return isoTextOf(this.value(name)) !== undefined;
  }

  /** A value of any type, which whoever describes it converts: see `convertValue`. */
  typed(name: string): unknown {
    return this.value(name);
  }

  /** What an expression finds nothing for stands there all the same, and must not pass for what was never set. */
  protected override value(name: string, fallback?: unknown): unknown {
    return Object.hasOwn(this.entry, name) ? this.entry[name] : fallback;
  }

  /** Expressions inside of a row are evaluated with it. */
  protected override stored(name: string): unknown {
    return this.value(name);
  }
}
