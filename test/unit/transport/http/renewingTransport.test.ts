import type { AccessHeaders } from '../../../../nodes/shared/transport/http/pooledSender';
import { RenewingTransport } from '../../../../nodes/shared/transport/http/renewingTransport';
import { TransportError, type CampaignRequest, type CampaignResponse } from '../../../../nodes/shared/transport/transport';
import { CampaignError } from '../../../../nodes/shared/campaign/error';
import { PROFILES } from '../../support/campaign';
import { rejectionOf } from '../../support/errors';

const requests = (count: number): CampaignRequest[] =>
  Array.from({ length: count }, (_, index) => ({ method: 'GET', url: `${PROFILES}/@${index}` }));
const request: CampaignRequest = { method: 'GET', url: PROFILES };
const answer = (status: number): CampaignResponse => ({ status, headers: {}, body: '' });

/** Campaign, a credential and n8n's helper, as far as a token goes. */
class World {
  /** What Campaign takes. */
  valid = 1;
  /** What is stored with the credential; 0 for nothing. */
  stored = 0;
  /** Whether n8n can renew it. */
  isRenewable = true;
  readonly hostRequests: string[] = [];
  readonly pooledTokens: string[] = [];
  credentialReads = 0;
  minted = 0;
  /** Does something in the place of the next answers of n8n's helper. */
  readonly hostTrouble: Array<() => Promise<CampaignResponse>> = [];

  readonly transport = new RenewingTransport(
    { send: async (sent) => await this.throughHost(sent) },
    { send: async (_, access) => await this.throughPool(access) },
    async () => {
      this.credentialReads += 1;
      return this.stored === 0 ? undefined : { Authorization: `Bearer ${this.stored}` };
    },
  );

  private async throughHost(sent: CampaignRequest): Promise<CampaignResponse> {
    this.hostRequests.push(sent.url);
    await turns(5);
    const trouble = this.hostTrouble.shift();
    if (trouble) return await trouble();
    if (this.stored !== this.valid && this.isRenewable) {
      this.minted += 1;
      this.stored = this.valid;
    }
    return answer(this.stored === this.valid ? 200 : 401);
  }

  private async throughPool({ Authorization = '' }: AccessHeaders): Promise<CampaignResponse> {
    this.pooledTokens.push(Authorization);
    await turns(2);
    return answer(Authorization === `Bearer ${this.valid}` ? 200 : 401);
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const sendAll = async (world: World, count: number): Promise<number[]> =>
  (await Promise.all(requests(count).map(async (sent) => await world.transport.send(sent)))).map(({ status }) => status);

describe('the first request', () => {
  it('goes through n8n, which mints the token; all others do not', async () => {
    const world = new World();
    await world.transport.send(request);
    await sendAll(world, 20);

    expect(world.hostRequests).toEqual([request.url]);
    expect(world.pooledTokens).toEqual(Array(20).fill('Bearer 1'));
    expect(world).toMatchObject({ minted: 1, credentialReads: 1 });
  });

  it('is one also where many start at once: the others wait for its token', async () => {
    const world = new World();

    expect(await sendAll(world, 20)).toEqual(Array(20).fill(200));
    expect(world.hostRequests).toHaveLength(1);
    expect(world.minted).toBe(1);
  });

  it('is followed by another one where no answer came', async () => {
    const world = new World();
    world.hostTrouble.push(async () => await Promise.reject(new TransportError('interrupted', 'ECONNRESET')));
    const outcomes = await Promise.allSettled(requests(5).map(async (sent) => await world.transport.send(sent)));

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect(world.hostRequests).toHaveLength(2);
  });

  it('is not the only one through n8n where no token is stored', async () => {
    const world = new World();
    world.hostTrouble.push(...Array.from({ length: 6 }, () => async () => answer(200)));

    expect(await sendAll(world, 6)).toEqual(Array(6).fill(200));
    expect(world.pooledTokens).toEqual([]);
    expect(world.credentialReads).toBe(1);
  });
});

describe('a token that has expired', () => {
  it('is renewed once for all that are under way, and they are repeated with the new one', async () => {
    const world = new World();
    await world.transport.send(request);
    world.valid = 2;

    expect(await sendAll(world, 20)).toEqual(Array(20).fill(200));
    expect(world.hostRequests).toHaveLength(2);
    expect(world).toMatchObject({ minted: 2, credentialReads: 2 });
    expect(world.pooledTokens.filter((token) => token === 'Bearer 1')).toHaveLength(20);
    expect(world.pooledTokens.filter((token) => token === 'Bearer 2')).toHaveLength(19);
  });

  it('is renewed again when it expires again', async () => {
    const world = new World();
    await world.transport.send(request);
    for (const token of [2, 3, 4]) {
      world.valid = token;
      expect(await sendAll(world, 5)).toEqual(Array(5).fill(200));
    }
    expect(world.minted).toBe(4);
  });

  it('leaves everybody with the 401 where it cannot be renewed', async () => {
    const world = new World();
    await world.transport.send(request);
    world.valid = 2;
    world.isRenewable = false;

    expect(await sendAll(world, 20)).toEqual(Array(20).fill(401));
    expect(world.hostRequests).toHaveLength(2);
  });

  it('is tried again by the next request after that', async () => {
    const world = new World();
    await world.transport.send(request);
    world.valid = 2;
    world.isRenewable = false;
    await sendAll(world, 3);
    world.isRenewable = true;

    expect(await sendAll(world, 3)).toEqual([200, 200, 200]);
    expect(world.minted).toBe(2);
  });

  it('fails for all with what the credential says, asked once', async () => {
    const world = new World();
    await world.transport.send(request);
    world.valid = 2;
    const error = new CampaignError({ reason: 'unauthorized', message: 'no', description: 'no', everyItem: true });
    world.hostTrouble.push(async () => await Promise.reject(error));

    const outcomes = await Promise.all(requests(5).map(async (sent) => await rejectionOf(world.transport.send(sent))));
    expect(outcomes).toEqual(Array(5).fill(error));
    expect(world.hostRequests).toHaveLength(2);
  });
});

describe('the stop of the workflow', () => {
  it('ends the wait for a token', async () => {
    const stop = new AbortController();
    const sent: string[] = [];
    const never = { send: async ({ url }: CampaignRequest) => await new Promise<CampaignResponse>(() => sent.push(url)) };
    const transport = new RenewingTransport(never, never, async () => undefined, stop.signal);
    void transport.send(request);
    const waiting = rejectionOf(transport.send(request));
    await turns(1);
    stop.abort();

    expect(await waiting).toMatchObject({ failure: 'cancelled' });
    expect(sent).toHaveLength(1);
  });
});
