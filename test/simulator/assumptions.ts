/**
 * Everything about Adobe Campaign that neither its documentation nor a recorded answer settles. The simulator has to
 * pick something; each pick is a switch here, so that a test can show that a client survives the other possibility.
 * A test that rests on one of these says so.
 */
export interface Assumptions {
  /**
   * An organization nobody knows: the gateway cannot route it (500 or 502 "Oops"), or it is simply absent from the
   * token's product contexts (403023). Adobe: API troubleshooting describes both without saying which comes first.
   */
  unknownOrganization: 'unroutable' | 'noProductContext';
  /** Who refuses a client that does not ask for the scope campaign_sdk: IMS with 400, or the gateway with 403011. Inferred. */
  missingCampaignScope: 'refusedByIms' | 'refusedByGateway';
  /** A token without additional_info.projectedProductContext carries no product context (403023). Inferred: all known clients ask for it. */
  missingProductContextScope: 'refusedByGateway' | 'ignored';
  /** OAuth error code for an unknown client_id; only its description was seen in the field. */
  unknownClientIdError: string;
  /** OAuth error code for a missing or refused scope; seen only as "an OAuth error about the scope". */
  invalidScopeError: string;
  /** OAuth error code for any other grant_type; from RFC 6749, not seen in the field. */
  wrongGrantTypeError: string;

  /** byText: the searching page says prefix only, the filtering page says containing. Both are Adobe's. */
  byTextRule: 'prefix' | 'contains';
  /** byEmail compares exactly, or ignores case. Exact is inferred from its use as a lookup. */
  byEmailMatch: 'exact' | 'caseInsensitive';
  /**
   * A filter whose parameter is missing or empty. Filter conditions apply only while their `enabledIf` holds
   * (Adobe: Filtering), from which it is inferred that the condition disappears and everything matches.
   */
  emptyFilterParameter: 'matchesAll' | 'matchesNothing' | 'error';
  /** filterType of a custom field: Adobe's sample drops the `cus` prefix (cusHobby is searched with filterType=Hobby). */
  customFilterTypeName: 'withoutPrefix' | 'either';
  /** A segment that is neither filter nor key, on v8: inferred to be an unsupported endpoint, could be the generic 500. */
  v8UnknownFilter: 'unsupportedEndpoint' | 'generic';
  /** HTTP status of ACS when a segment read as a key does not convert to a number; the text was seen, the status was not. */
  acsUnknownFilterStatus: number;

  /** A value that a filter's parameter does not know, for example byChannel?channel=fax. Unknown. */
  unknownFilterValue: 'error' | 'matchesNothing';
  /** A filter parameter that takes a PKey gets one of nothing, or of another resource. Unknown; inferred from keys in bodies. */
  filterKeyOfNothing: 'refused' | 'matchesNothing';
  /** What the birthday filter calls its choices. Adobe lists the parameters, not their values. */
  birthdayWords: Readonly<
    Record<'absolute' | 'relative' | 'day' | 'month' | 'equal' | 'between' | 'current' | 'next' | 'previous', string>
  >;
  /** A birthday filter between a day late in the year and one early in it: around New Year, or nothing. Unknown. */
  birthdayAcrossNewYear: 'wraps' | 'matchesNothing';
  /** byText on services: Adobe names the attributes (name or label), not the comparison. */
  serviceByTextRule: 'prefix' | 'contains';
  /** byPlanning: services that start between the dates, or that run at some time between them. Only the parameters are documented. */
  byPlanningRule: 'startsWithin' | 'overlaps';
  /** Whether lists of services show templates. Unknown; a client has to tell them by isTemplate. */
  serviceTemplates: 'listed' | 'hidden';

  /** `_lineCount` of zero, below zero or not a number. Unknown. */
  invalidLineCount: 'error' | 'default';
  /** Most rows a page can have; null: no bound. Unknown. */
  maximumLineCount: number | null;
  /** Whether a last page that is exactly full still carries `next`, leading to an empty page. Unknown. */
  emptyLastPage: boolean;
  /** Whether `count.value` also stands on the last page of several. Seen only where everything fits one page. */
  countValueOnLastPage: boolean;
  /** `serverSidePagination` where the big-table threshold hid `next`. Always true in recorded answers; a test double has false. */
  serverSidePaginationOnBigTable: boolean;
  /** A `_lineStart` used with another path, filter or order than it was given out for. Unknown; it is called opaque. */
  cursorOfAnotherQuery: 'error' | 'accepted';
  /** Whether `profile/_count` works beside the `profile//_count` that the server prints. One documentation page has a single slash. */
  singleSlashCount: 'accepted' | 'rejected';
  /** `_order` naming an unknown or unsortable attribute, or several. Unknown. */
  invalidOrder: 'error' | 'ignored';

  /** A workflow ID that nobody knows. Unknown; 404 is inferred from other records. */
  unknownWorkflow: 'notFound' | 'error';
  /** Simulated ms from a command to the state it leads to. Unknown; a known client polls for up to a minute. */
  workflowTransitionMs: number;
  /** What `state` says meanwhile: a word for the transition, or still the old state. Unknown. */
  workflowTransitionShows: 'transition' | 'previousState';
  /** A command that does not fit the state, for example start for a workflow that runs. Unknown. */
  unfittingCommand: 'refused' | 'ignored';
  /** The answer to a command or signal that was accepted: 200 with `{}`, or without a body. Inferred: known clients parse JSON or ignore it. */
  acceptedAnswer: 'emptyObject' | 'nothing';
  /** HTTP status of the text that names an undeclared signal parameter. The text is documented, the status is not. */
  signalErrorStatus: 200 | 400 | 500;
  /** HTTP status and text of the answer to a signal within ten minutes of another. Only that it is not JSON was seen. */
  earlySignalStatus: number;
  earlySignalText: string;

  /** HTTP status of a POST that sends an event. Inferred from profiles. */
  eventCreateStatus: 200 | 201;
  /** An event ID that is not published. Unknown. */
  unknownEvent: 'notFound' | 'error';
  /** A name in `ctx` that the event does not declare. Unknown. */
  undeclaredContext: 'refused' | 'ignored';
  /** An event whose expiration is over when it arrives. Unknown: accepted and then tooOld, or refused. */
  expiredEvent: 'tooOld' | 'refused';
  /** The values of wishedChannel. Unknown; `sms` is plausible. */
  wishedChannels: Readonly<Record<'email' | 'sms', string>>;
  /** Simulated ms that an event is pending, and processing. Unknown. */
  pendingEventMs: number;
  processingEventMs: number;

  /** Status of a POST that creates a service. Inferred from profiles; the documentation shows the body only. */
  serviceCreateStatus: 200 | 201;
  /** Status of a POST that subscribes. Inferred likewise. */
  subscriptionCreateStatus: 200 | 201;
  /** DELETE of a profile or service: Adobe: Verbs says 200; subscriptions are documented with 204. */
  deleteStatus: 200 | 204;
  /** Whether the key in the answer to a PATCH reads differently from the key in the URL. Inferred from Adobe's own tests. */
  patchAnswerKey: 'different' | 'same';
  /** The key of a record deleted since: it still decrypts, so the record is what is missing. Inferred. */
  deletedRecordKey: 'notFound' | 'undecryptable';
  /** PATCH on the collection with an unknown custom key in the body. Updating is confirmed by Adobe support, creating is not. */
  patchUnknownCustomKey: 'notFound' | 'creates';
  /**
   * PATCH by PKey that changes a custom key, as the name of a service, to one that nobody has. Documented as refused for
   * profiles only.
   */
  customKeyChangeByPKey: 'refused' | 'accepted';
  /** Names of services: illegal characters become underscores (Adobe: Data model best practices); whether a hyphen is one is not said. */
  hyphenInNames: 'replaced' | 'kept';
  /** Whether a link in a body, as `{"service":{"PKey":"weekly_offers"}}`, also takes the custom key of its target. Unknown. */
  rawKeyInLinks: 'refused' | 'accepted';
  /** A subscription that exists already. Unknown; known clients look first and never send it. */
  duplicateSubscription: 'refused' | 'answersExisting' | 'createsAnother';
  /**
   * The answer to a subscription: as documented, with a service of PKey and title only and an empty serviceName, or like
   * any other record.
   */
  subscriptionAnswer: 'documented' | 'complete';
  /** A subscription, or any record of a collection below another, named below one that it does not belong to. Unknown. */
  subscriptionOfAnotherParent: 'notFound' | 'accepted';
  /**
   * DELETE of a profile or service with subscriptions. That it takes them with it is inferred from the documented
   * procedure that deletes a service.
   */
  deleteOfSubscribed: 'removesSubscriptions' | 'refused';
  /** Whether the key that a custom resource defines stands for the PKey in URLs, as it does for profiles and services. Inferred. */
  customResourceByKey: 'accepted' | 'refused';
  /** A write that leaves a mandatory attribute empty. That metadata has the property is documented, what a server does is not. */
  missingMandatory: 'refused' | 'accepted';
  /** Hrefs of records in a collection below a record (orders of a profile): nested, as those of subscriptions, or their own. Unknown. */
  hrefBelowRecord: 'nested' | 'topLevel';
  /** A key of nothing in a URL of a custom resource on ACS: in the words of Adobe's own tests, or of its error table for profiles. */
  acsKeyOfCustomResource: 'noConstant' | 'attributeUnknown';
  /** Whether ACS reads the key of a PATCH before it looks for the resource. Inferred from Adobe's own tests, whose resource is random. */
  acsKeyOfUnknownResource: 'noConstant' | 'unknownResource';
  /** HTTP status of ACS for a key that is no valid constant; the text was seen, the status was not. */
  acsNoConstantStatus: number;
  /** Whether the catalogue of profileAndServicesExt also lists profile, service and other built-in resources. Inferred. */
  builtInInCatalogue: 'listed' | 'omitted';
  /** Whether customResources has a catalogue as profileAndServicesExt has. Unknown. */
  customResourcesCatalogue: 'absent' | 'listed';
  /** What a privacy request calls its namespace: Adobe's sample says namespaceName, its list of attributes and the SDK namespace. */
  privacyNamespaceAttribute: 'namespaceName' | 'namespace' | 'either';
  /** Seconds until a new privacy request is done. Adobe: within days; unknown for tests. */
  privacySeconds: number;
  /** HTTP status with which IMS refuses to show the profile of a token that is not valid. Unknown. */
  imsProfileRefusalStatus: number;

  /** PATCH without attributes on ACS. Unknown (v8 is documented: 204). */
  acsEmptyPatch: 'ok' | 'error';
  /** HTTP status for an attribute the resource does not have. Inferred from the documented zipCode and age cases. */
  unknownAttributeStatus: number;
  /** Whether v8 names the cause of a type error or hides it behind its generic 500. */
  v8TypeErrors: 'generic' | 'explained';
  /** HTTP status of v8 for a resource that is not published. Inferred. */
  v8UnknownResourceStatus: number;
  /** Whether text that reads like a number or boolean (or the reverse) is converted. Unknown; strict finds more client faults. */
  coercion: 'strict' | 'lenient';
  /** Whether null empties an attribute, as "" does, or is a value of the wrong type. Unknown. */
  nullValues: 'clear' | 'rejected';
  /** Text longer than the attribute. Unknown. */
  tooLongText: 'rejected' | 'truncated';
  /** created, createdBy, lastModified, modifiedBy sent by a client: v8 ignores them (release notes 2024); ACS unknown. */
  acsServerOwnedDates: 'ignored' | 'rejected';
  /** When title, domain, age and postalAddress follow the attributes they are made of. Inferred: on every write. */
  derivedAttributes: 'onEveryWrite' | 'onCreate';
  /** Whether a second profile with an e-mail that exists is refused. Inferred: it is not, unless a key is defined on it. */
  uniqueEmail: boolean;
  /** Whether firstName and lastName have the smartCase data policy, which changes what was written (Adobe: Metadata mechanism). */
  smartCaseNames: boolean;
  /** Attributes that the server takes although the model here holds them for computed (for example isExternal). Inferred table. */
  writableAfterAll: readonly string[];
}

/** The simulator's choices: where two are possible, the one that is harder on clients. */
export const DEFAULT_ASSUMPTIONS: Readonly<Assumptions> = {
  unknownOrganization: 'unroutable',
  missingCampaignScope: 'refusedByIms',
  missingProductContextScope: 'refusedByGateway',
  unknownClientIdError: 'invalid_client',
  invalidScopeError: 'invalid_scope',
  wrongGrantTypeError: 'unsupported_grant_type',
  byTextRule: 'prefix',
  byEmailMatch: 'exact',
  emptyFilterParameter: 'matchesAll',
  customFilterTypeName: 'withoutPrefix',
  v8UnknownFilter: 'unsupportedEndpoint',
  acsUnknownFilterStatus: 500,
  unknownFilterValue: 'error',
  filterKeyOfNothing: 'refused',
  birthdayWords: {
    absolute: 'absolute',
    relative: 'relative',
    day: 'day',
    month: 'month',
    equal: 'equal',
    between: 'between',
    current: 'current',
    next: 'next',
    previous: 'previous',
  },
  birthdayAcrossNewYear: 'wraps',
  serviceByTextRule: 'prefix',
  byPlanningRule: 'startsWithin',
  serviceTemplates: 'listed',
  invalidLineCount: 'error',
  maximumLineCount: null,
  emptyLastPage: false,
  countValueOnLastPage: false,
  serverSidePaginationOnBigTable: true,
  cursorOfAnotherQuery: 'error',
  singleSlashCount: 'accepted',
  invalidOrder: 'error',
  unknownWorkflow: 'notFound',
  workflowTransitionMs: 3_000,
  workflowTransitionShows: 'transition',
  unfittingCommand: 'refused',
  acceptedAnswer: 'emptyObject',
  signalErrorStatus: 500,
  earlySignalStatus: 200,
  earlySignalText: 'The activity was triggered too recently.',
  eventCreateStatus: 201,
  unknownEvent: 'notFound',
  undeclaredContext: 'refused',
  expiredEvent: 'tooOld',
  wishedChannels: { email: 'email', sms: 'sms' },
  pendingEventMs: 2_000,
  processingEventMs: 3_000,
  serviceCreateStatus: 201,
  subscriptionCreateStatus: 201,
  deleteStatus: 200,
  patchAnswerKey: 'different',
  deletedRecordKey: 'notFound',
  patchUnknownCustomKey: 'notFound',
  customKeyChangeByPKey: 'refused',
  hyphenInNames: 'replaced',
  rawKeyInLinks: 'refused',
  duplicateSubscription: 'refused',
  subscriptionAnswer: 'documented',
  subscriptionOfAnotherParent: 'notFound',
  deleteOfSubscribed: 'removesSubscriptions',
  customResourceByKey: 'accepted',
  missingMandatory: 'refused',
  hrefBelowRecord: 'nested',
  acsKeyOfCustomResource: 'noConstant',
  acsKeyOfUnknownResource: 'noConstant',
  acsNoConstantStatus: 500,
  builtInInCatalogue: 'listed',
  customResourcesCatalogue: 'absent',
  privacyNamespaceAttribute: 'namespaceName',
  privacySeconds: 60,
  imsProfileRefusalStatus: 401,
  acsEmptyPatch: 'ok',
  unknownAttributeStatus: 500,
  v8TypeErrors: 'generic',
  v8UnknownResourceStatus: 404,
  coercion: 'strict',
  nullValues: 'clear',
  tooLongText: 'rejected',
  acsServerOwnedDates: 'ignored',
  derivedAttributes: 'onEveryWrite',
  uniqueEmail: false,
  smartCaseNames: false,
  writableAfterAll: [],
};
