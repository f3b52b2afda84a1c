import { oneOf, such } from './choice';

/** How records are named, answered and linked. */
export const RECORDS_CHOICES = {
  /** Status of a POST that creates a service. Inferred from profiles; the documentation shows the body only. */
  serviceCreateStatus: oneOf(201, 200),
  /** Status of a POST that subscribes. Inferred likewise. */
  subscriptionCreateStatus: oneOf(201, 200),
  /** DELETE of a profile or service: Adobe: Verbs says 200; subscriptions are documented with 204. */
  deleteStatus: oneOf(200, 204),
  /**
   * A single record: bare, or as the one row of a `content` array. The page "Updating profiles with APIs" shows the wrapper, a
   * leftover of 2019, when it called byEmail there.
   */
  singleRecord: oneOf('bare', 'wrapped'),
  /** Whether the key in the answer to a PATCH reads differently from the key in the URL. Inferred from Adobe's own tests. */
  patchAnswerKey: oneOf('different', 'same'),
  /** The key of a record deleted since: it still decrypts, so the record is what is missing. Inferred. */
  deletedRecordKey: oneOf('notFound', 'undecryptable'),
  /** PATCH on the collection with an unknown custom key in the body. Updating is confirmed by Adobe support, creating is not. */
  patchUnknownCustomKey: oneOf('notFound', 'creates'),
  /**
   * PATCH by PKey that changes a custom key, as the name of a service, to one that nobody has. Documented as refused for
   * profiles only.
   */
  customKeyChangeByPKey: oneOf('refused', 'accepted'),
  /** Whether a link in a body, as `{"service":{"PKey":"weekly_offers"}}`, also takes the custom key of its target. Unknown. */
  rawKeyInLinks: oneOf('refused', 'accepted'),
  /** A subscription that exists already. Unknown; known clients look first and never send it. */
  duplicateSubscription: oneOf('refused', 'answersExisting', 'createsAnother'),
  /**
   * The answer to a subscription: as documented, with a service of PKey and title only and an empty serviceName, or like
   * any other record.
   */
  subscriptionAnswer: oneOf('documented', 'complete'),
  /** A subscription, or any record of a collection below another, named below one that it does not belong to. Unknown. */
  subscriptionOfAnotherParent: oneOf('notFound', 'accepted'),
  /**
   * DELETE of a profile or service with subscriptions. That it takes them with it is inferred from the documented
   * procedure that deletes a service.
   */
  deleteOfSubscribed: oneOf('removesSubscriptions', 'refused'),
  /** Whether the key that a custom resource defines stands for the PKey in URLs, as it does for profiles and services. Inferred. */
  customResourceByKey: oneOf('accepted', 'refused'),
  /** Hrefs of records in a collection below a record (orders of a profile): nested, as those of subscriptions, or their own. Unknown. */
  hrefBelowRecord: oneOf('nested', 'topLevel'),
  /** A key of nothing in a URL of a custom resource on ACS: in the words of the error table, which is about profiles, or in none. */
  acsKeyOfCustomResource: oneOf('attributeUnknown', 'generic'),
  /** HTTP status of ACS for a body that is not JSON; the text was seen, the status was not. */
  acsNoConstantStatus: such<number>(500, 400),
  /** HTTP status of v8 for a resource that is not published. Inferred. */
  v8UnknownResourceStatus: such<number>(404, 500),
  /** Whether the catalogue of profileAndServicesExt also lists profile, service and other built-in resources. Inferred. */
  builtInInCatalogue: oneOf('listed', 'omitted'),
  /** Whether customResources has a catalogue as profileAndServicesExt has. Unknown. */
  customResourcesCatalogue: oneOf('absent', 'listed'),
  /** What a privacy request calls its namespace: Adobe's sample says namespaceName, its list of attributes and the SDK namespace. */
  privacyNamespaceAttribute: oneOf('namespaceName', 'namespace', 'either'),
  /** Seconds until a new privacy request is done. Adobe: within days; unknown for tests. */
  privacySeconds: such<number>(60, 0),
} as const;
