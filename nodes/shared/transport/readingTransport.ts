import { TransportError, type CampaignRequest, type CampaignResponse, type Transport } from './transport';

/**
 * A way out for nothing but GET. Whoever has no business to write, previews above all, is given this one: what stands above it may
 * be wrong, and still nothing is changed. Tokens are minted below it.
 */
export class ReadingTransport implements Transport {
  constructor(private readonly inner: Transport) {}

  /** @throws TransportError `notForReading` for everything that is no GET, before it goes anywhere */
  async send(request: CampaignRequest): Promise<CampaignResponse> {
    if (request.method !== 'GET') throw new TransportError('notForReading', request.method);
    return await this.inner.send(request);
  }
}
