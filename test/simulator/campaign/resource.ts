import type { Answer } from '../answers';
import type { CampaignInstance } from './instance';
import type { ApiName } from './model/field';
import type { StoredRecord } from './records/store';
import type { Scene } from './scene';

/** A request that passed the gateway, taken apart. */
export interface Call {
  readonly method: string;
  readonly api: ApiName;
  /** Name of the resource addressed. */
  readonly resource: string;
  /** Decoded path segments after the resource, empty ones left out. */
  readonly segments: readonly string[];
  /** Path after `/campaign/` as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Query as sent, without the question mark. */
  readonly queryText: string;
  readonly body: string;
}

/** A top-level resource. It answers every call below its name, or throws a CampaignProblem. */
export interface Resource {
  readonly name: string;
  readonly apis: readonly ApiName[];
  readonly answer: (call: Call, instance: CampaignInstance) => Answer;
}

/** Answers calls to `<record>/<name>/…`; `rest` are the segments after the name. */
export type SubCollection = (record: StoredRecord, rest: readonly string[], scene: Scene) => Answer;

/** The path as Campaign's own error texts name it. */
export function endpointOf(call: Call): string {
  return `rest/${call.path}`;
}
