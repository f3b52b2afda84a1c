/** Why something did not work, in words a workflow can branch on (`details.reason` of an error item). */
export type CampaignErrorReason =
  /** A parameter or field value is unusable; nothing was sent. */
  | 'invalidInput'
  /** No record for that email, key, name or URL. */
  | 'notFound'
  /** The PKey text means nothing to this instance. */
  | 'unknownKey'
  /** What was wanted is so already, and the workflow asks to be told. */
  | 'alreadyDone'
  /** One was wanted, several are there. */
  | 'severalMatches'
  /** The access token is missing, wrong or expired. */
  | 'unauthorized'
  /** The token is fine, but not for this API key, organization or product profile. */
  | 'forbidden'
  /** Adobe's gateway does not know where to send the request. */
  | 'unroutable'
  /** Campaign or its gateway asked to slow down, longer than is worth waiting for. */
  | 'rateLimited'
  /** Campaign understood the request and said no. */
  | 'rejected'
  /** Campaign is down, or could not be reached. */
  | 'unavailable'
  /** An answer came that is not Campaign's. */
  | 'unreadableAnswer'
  /** The request may or may not have been carried out. */
  | 'outcomeUnknown'
  /** It was written, but the value read back is not the value written, or could not be read. */
  | 'notVerified'
  /** The workflow does not run, so that it takes no signal; nothing was sent. */
  | 'notRunning'
  /** Campaign takes a signal for an activity once in ten minutes. */
  | 'tooSoon'
  /** What was waited for has not come; the facts say how far it got. */
  | 'deadlinePassed'
  /** The event came to an end, but not to the person. */
  | 'notDelivered'
  /** A mistake of this package or of n8n, not of the workflow. */
  | 'unexpected';

/** Everything about an error that is worth showing. Nothing here may hold a token, secret or API key. */
export interface CampaignErrorDetails {
  readonly reason: CampaignErrorReason;
  /** What happened, one sentence without a final period. */
  readonly message: string;
  /** What to do next. */
  readonly description: string;
  /** HTTP status of the answer, if there was one. */
  readonly httpStatus?: number;
  /** Adobe's X-Request-Id, which Adobe's support asks for. */
  readonly requestId?: string;
  /** Whether the connection or the answer broke off: what has not been carried out by now will not be any more. */
  readonly isBrokenOff?: boolean;
  /** Whether no other item of the run can do better, e.g. because the token was refused: nothing more is asked then. */
  readonly everyItem?: boolean;
  /** More facts for the error item, e.g. the fields that do not hold what was written. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/**
 * The one error of this package, from the credential to the operations. The runner turns it into n8n's errors
 * and error items.
 *
 * Its properties avoid the names `status`, `code` and `response`: n8n's NodeApiError would read them and put a
 * text of its own in place of the message.
 */
export class CampaignError extends Error {
  override readonly name = 'CampaignError';
  readonly description: string;

  /** @param cause the trouble behind it, where this error says more than that */
  constructor(
    readonly details: CampaignErrorDetails,
    override readonly cause?: CampaignError,
  ) {
    super(details.message);
    this.description = details.description;
  }
}

/**
 * The same trouble with other words or more facts, where the caller knows more than the request did.
 */
export function restated({ details, cause }: CampaignError, changes: Partial<CampaignErrorDetails>): CampaignError {
  return new CampaignError({ ...details, ...changes, facts: { ...details.facts, ...changes.facts } }, cause);
}

/**
 * A parameter that cannot be used, found before any request.
 *
 * @param message what is wrong, naming the parameter in single quotes
 * @param description what to enter instead
 */
export function invalidInput(message: string, description: string): CampaignError {
  return new CampaignError({ reason: 'invalidInput', message, description });
}

/**
 * A request that stayed in this process: Campaign is away for longer than it may wait, or it would have changed something in a run
 * that may only read.
 *
 * @param detail what shows that Campaign is away, or the method of the request
 */
export function neverSent(why: 'away' | 'notForReading', detail: string): CampaignError {
  if (why === 'away') {
    return new CampaignError({
      reason: 'unavailable',
      message: `Adobe Campaign is away (${detail}); nothing was sent for this item`,
      description: "Run the item again when Campaign is back, or set 'Wait for Campaign' to more seconds.",
    });
  }
  return new CampaignError({
    reason: 'unexpected',
    message: `A ${detail} request was stopped, because this run may only read; nothing was written`,
    description: 'This is a mistake of this package: please report it, with the operation and its settings.',
  });
}

/** Tells whether a write may or may not have been carried out. */
export function isDoubt(error: unknown): error is CampaignError {
  return error instanceof CampaignError && error.details.reason === 'outcomeUnknown';
}

/** Tells whether Campaign was asked and said no to this one request, which it will do again. */
export function isRefusal(error: unknown): boolean {
  return error instanceof CampaignError && !error.details.everyItem && REFUSALS.has(error.details.reason);
}

/** For `catch`: takes a value where Campaign said no; every other error goes on. */
export function unlessRefused<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (isRefusal(error)) return value;
    throw error;
  };
}

/** The same as `isRefusal` for a look-up, whose answer may be several records. */
export function isRefusalOfLookUp(error: unknown): boolean {
  return isRefusal(error) || (error instanceof CampaignError && error.details.reason === 'severalMatches');
}

const REFUSALS: ReadonlySet<CampaignErrorReason> = new Set(['forbidden', 'notFound', 'rejected', 'unknownKey']);
