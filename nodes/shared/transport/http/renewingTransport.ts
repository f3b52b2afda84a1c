import type { AccessHeaders } from './pooledSender';
import { TransportError, type CampaignRequest, type CampaignResponse, type Transport, type TransportFailure } from '../transport';
import { untilCancelled } from '../wait';

const UNAUTHORIZED = 401;
const CONCERNS_ALL: ReadonlySet<TransportFailure> = new Set(['cancelled', 'noToken']);

/** Sends with headers that open Campaign. */
export interface Sender {
  send(request: CampaignRequest, access: AccessHeaders): Promise<CampaignResponse>;
}

/**
 * Sends over the pool what it can, and through n8n what needs n8n to mint or renew the token: the first request, and one
 * of those that are answered 401. The others wait for it and are repeated with the new token; where n8n cannot renew it
 * either, all keep the 401.
 */
export class RenewingTransport implements Transport {
  /** Headers with the credential's token; undefined as long as nothing was sent, or the token was refused for good. */
  private access: AccessHeaders | undefined;
  private renewal: Promise<CampaignResponse> | undefined;
  private isHostOnly = false;

  /**
   * @param host n8n's helper, which renews the token before its answer is there
   * @param pool everything else
   * @param readAccess headers made from the credential as it is stored now; undefined if there is no token in it
   */
  constructor(
    private readonly host: Transport,
    private readonly pool: Sender,
    private readonly readAccess: () => Promise<AccessHeaders | undefined>,
    private readonly signal?: AbortSignal,
  ) {}

  async send(request: CampaignRequest): Promise<CampaignResponse> {
    let refused: { readonly access: AccessHeaders; readonly answer: CampaignResponse } | undefined;
    for (;;) {
      // Nothing may come between this look and what follows from it: two would lead.
      if (this.renewal) {
        const refusal = await this.refusalAfter(this.renewal);
        if (refusal) return refused?.answer ?? refusal;
        continue;
      }
      const { access } = this;
      if (this.isHostOnly) return await this.host.send(request);
      if (!access || access === refused?.access) return await this.lead(request);
      const answer = await this.pool.send(request, access);
      if (answer.status !== UNAUTHORIZED) return answer;
      refused = { access, answer };
    }
  }

  /** Sends through n8n, while the others wait for what becomes of the token. */
  private async lead(request: CampaignRequest): Promise<CampaignResponse> {
    const renewal = this.renew(request);
    this.renewal = renewal;
    try {
      return await renewal;
    } finally {
      this.renewal = undefined;
    }
  }

  private async renew(request: CampaignRequest): Promise<CampaignResponse> {
    const answer = await this.host.send(request);
    if (answer.status === UNAUTHORIZED) {
      this.access = undefined;
      return answer;
    }
    // The answer counts, whatever happens to the credential afterwards.
    this.access = await this.readAccess().catch(() => undefined);
    this.isHostOnly = this.access === undefined;
    return answer;
  }

  /**
   * Waits until the token is renewed.
   *
   * @returns the 401 when n8n could not
   * @throws what the credential threw, which would only throw it again; `noToken` likewise, so that not everybody asks a
   *   service that is away
   */
  private async refusalAfter(renewal: Promise<CampaignResponse>): Promise<CampaignResponse | undefined> {
    const answer = await untilCancelled(renewal, this.signal).catch(concernsOneRequest);
    return answer?.status === UNAUTHORIZED ? answer : undefined;
  }
}

/** A request that got no answer says nothing about the token: the next one tries. */
async function concernsOneRequest(error: unknown): Promise<undefined> {
  if (!(error instanceof TransportError) || CONCERNS_ALL.has(error.failure)) await Promise.reject(error);
  return undefined;
}
