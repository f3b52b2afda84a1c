import { oneOf, such } from './choice';

/** Workflows, signals and events. */
export const EXECUTION_CHOICES = {
  /** A workflow ID that nobody knows. Unknown; 404 is inferred from other records. */
  unknownWorkflow: oneOf('notFound', 'error'),
  /** Simulated ms from a command to the state it leads to. Unknown; a known client polls for up to a minute. */
  workflowTransitionMs: such<number>(3_000, 0),
  /** What `state` says meanwhile: a word for the transition, or still the old state. Unknown. */
  workflowTransitionShows: oneOf('transition', 'previousState'),
  /** A command that does not fit the state, for example start for a workflow that runs. Unknown. */
  unfittingCommand: oneOf('refused', 'ignored'),
  /** The answer to a command or signal that was accepted: 200 with `{}`, or without a body. Inferred: known clients parse JSON or ignore it. */
  acceptedAnswer: oneOf('emptyObject', 'nothing'),
  /** HTTP status of the text that names an undeclared signal parameter. The text is documented, the status is not. */
  signalErrorStatus: oneOf(500, 200, 400),
  /** HTTP status and text of the answer to a signal within ten minutes of another. Only that it is not JSON was seen. */
  earlySignalStatus: such<number>(200, 500),
  earlySignalText: such<string>('The activity was triggered too recently.', 'OK'),
  /** HTTP status of a POST that sends an event. Inferred from profiles. */
  eventCreateStatus: oneOf(201, 200),
  /** An event ID that is not published. Unknown. */
  unknownEvent: oneOf('notFound', 'error'),
  /** A name in `ctx` that the event does not declare. Unknown. */
  undeclaredContext: oneOf('refused', 'ignored'),
  /** An event whose expiration is over when it arrives. Unknown: accepted and then tooOld, or refused. */
  expiredEvent: oneOf('tooOld', 'refused'),
  /** The values of wishedChannel. Unknown; `sms` is plausible. */
  wishedChannels: such<Readonly<Record<'email' | 'sms', string>>>({ email: 'email', sms: 'sms' }, { email: '0', sms: '1' }),
  /** Simulated ms that an event is pending, and processing. Unknown. */
  pendingEventMs: such<number>(2_000, 0),
  processingEventMs: such<number>(3_000, 0),
  /**
   * Events that find their profile by an attribute of their context, on v8: generally available with 8.9.1 (January 2026), while
   * the page about the API still says that everything has to be in the payload.
   */
  v8ProfileEvents: oneOf('available', 'unavailable'),
  /** A profile-based event without that attribute. Adobe: sent without personalisation, or not sent; which one is not said. */
  profileEventWithoutKey: oneOf('ignored', 'sent'),
} as const;
