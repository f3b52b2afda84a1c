/** The resource a problem is about, in the spellings that Campaign's messages use. */
export interface ProblemSubject {
  /** `profile` */
  readonly name: string;
  /** `Profile` */
  readonly documentName: string;
  /** `Profiles` */
  readonly schemaLabel: string;
  /** `nms:recipient` */
  readonly schema: string;
}

/** Why Campaign refuses a request. Each dialect has its own words and status for it. */
export type Problem =
  | {
      readonly kind: 'undecryptableKey';
      readonly key: string;
      readonly place: 'uri' | 'body';
      readonly endpoint: string;
      readonly subject: ProblemSubject;
    }
  | { readonly kind: 'unknownRawKey'; readonly key: string; readonly place: 'uri' | 'body'; readonly subject: ProblemSubject }
  | { readonly kind: 'keyChange'; readonly from: string; readonly to: string; readonly subject: ProblemSubject }
  | { readonly kind: 'duplicateKey'; readonly key: string; readonly attribute: string; readonly subject: ProblemSubject }
  | { readonly kind: 'invalidEnumeration'; readonly value: string; readonly attribute: string; readonly subject: ProblemSubject }
  | { readonly kind: 'propertyNotValid'; readonly property: string; readonly subject: ProblemSubject }
  | { readonly kind: 'propertyReadOnly'; readonly property: string; readonly subject: ProblemSubject }
  | { readonly kind: 'wrongType'; readonly value: string; readonly from: string; readonly to: string }
  /** A body that is no JSON: its text. */
  | { readonly kind: 'noConstant'; readonly text: string }
  /** An attribute that does not exist where one can be named, as in a sort order. */
  | { readonly kind: 'badExpression'; readonly attribute: string; readonly subject: ProblemSubject }
  | { readonly kind: 'duplicateSubscription'; readonly profileId: number; readonly serviceId: number }
  | { readonly kind: 'segmentIsNoKey'; readonly segment: string; readonly endpoint: string }
  | { readonly kind: 'unsupportedEndpoint'; readonly endpoint: string }
  | { readonly kind: 'unknownResource'; readonly endpoint: string }
  | { readonly kind: 'generic' };

/** Thrown anywhere below the gateway; the router turns it into an answer in the dialect. */
export class CampaignProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.kind);
  }
}

/** Refuses the request. */
export function refuse(problem: Problem): never {
  throw new CampaignProblem(problem);
}
