import type { Answer } from '../answers';
import type { CampaignInstance } from './instance';

/** A request to an API whose addresses name no resources, taken apart. */
export interface ApiCall {
  readonly method: string;
  /** Decoded path segments after the API name, empty ones left out. */
  readonly segments: readonly string[];
  /** Path after `/campaign/` as sent. */
  readonly path: string;
  readonly body: string;
}

/** An API whose addresses name no resources. It answers every call below its name, or throws a CampaignProblem. */
export interface OtherApi {
  /** Whether the first path segment means this API. */
  readonly isNamed: (segment: string, instance: CampaignInstance) => boolean;
  readonly answer: (call: ApiCall, instance: CampaignInstance) => Answer;
}

/** The path as Campaign's own error texts name it. */
export function endpointOf({ path }: ApiCall): string {
  return `rest/${path}`;
}
