import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { faultActions } from '../../test/simulator';
import { startCampaign, STEP, type Campaign } from '../../test/support/campaign';
import { automaticUpdateParameters, campaignStep, chain, profileStep } from '../../test/support/workflows';
import { mapped } from './situations';

/** What is under way when somebody stops the workflow. */
interface Moment {
  readonly what: string;
  readonly step: INode;
  readonly input: (campaign: Campaign) => IDataObject[] | Promise<IDataObject[]>;
  /** ms after the beginning. */
  readonly after: number;
  readonly prepare?: (campaign: Campaign) => void;
}

/** How long it took from the stop to the end of the run, in ms. */
export interface Stopped {
  readonly what: string;
  readonly milliseconds: number;
}

const profiles = ({ simulator }: Campaign): IDataObject[] =>
  simulator.profiles.all().map((profile, index) => ({ PKey: simulator.profiles.keyOf(profile), phone: String(index) }));
const emails = (count: number): IDataObject[] => Array.from({ length: count }, (_, index) => ({ email: `stop.${index}@mail.com` }));
const stall = (method: string) => (campaign: Campaign) => void campaign.simulator.faults.add({ method, action: faultActions.stallBefore });
const update = (more: INodeParameters = {}): INode =>
  profileStep(STEP, automaticUpdateParameters('PKey', more), { onError: 'continueRegularOutput' });

const MOMENTS: readonly Moment[] = [
  {
    what: '100,000 items that fail before a request',
    step: update(),
    after: 150,
    input: () => Array.from({ length: 100_000 }, () => ({ PKey: '' })),
  },
  { what: 'updates under way, no answer comes', step: update(), after: 1_000, input: profiles, prepare: stall('PATCH') },
  {
    what: 'Campaign is away',
    step: update(),
    after: 5_000,
    input: profiles,
    prepare: ({ simulator }) => void simulator.faults.add({ when: ({ api }) => api !== 'ims', action: faultActions.serviceUnavailable }),
  },
  {
    what: 'a token is asked for, no answer comes',
    step: update(),
    after: 1_000,
    input: profiles,
    prepare: ({ simulator }) => void simulator.faults.add({ when: ({ api }) => api === 'ims', action: faultActions.stallBefore }),
  },
  {
    what: 'Send and Wait looks for the end of 60 messages',
    step: campaignStep('transactionalEvent')(STEP, { operation: 'sendAndWaitForStatus', eventId: 'EVTcart', email: '={{ $json.email }}' }),
    after: 3_000,
    input: () => emails(60),
    prepare: ({ simulator }) => void (simulator.assumptions.processingEventMs = 600_000),
  },
  {
    what: 'the list is read in place of look-ups, no answer comes',
    step: profileStep(STEP, { ...mapped('upsert', 'email'), options: { lookUp: 'fromList' } }),
    after: 1_500,
    input: () => emails(2_000),
    prepare: ({ simulator }) => void simulator.faults.add({ url: '_lineStart', action: faultActions.stallBefore }),
  },
  {
    what: 'Undo Changes looks for its records, no answer comes',
    step: profileStep(STEP, { operation: 'undoChanges' }),
    after: 1_500,
    input: async (campaign) => {
      const done = await campaign.outputOf(automaticUpdateParameters('PKey', { options: { includeChanges: true } }), profiles(campaign));
      campaign.simulator.faults.add({ method: 'GET', url: '/profile', action: faultActions.stallBefore });
      return done;
    },
  },
];

/** Stops runs at one moment after the other. */
export async function stopEverywhere(tell: (stopped: Stopped) => void): Promise<void> {
  for (const { what, step, input, after, prepare } of MOMENTS) {
    const campaign = await startCampaign({ profiles: 1_000, startAt: new Date(), settings: { latencyMs: 5 } });
    try {
      const items = await input(campaign);
      prepare?.(campaign);
      const controller = new AbortController();
      const run = campaign.engine.run(chain(step), items, controller.signal).catch((error: unknown) => error);
      await new Promise((resolve) => setTimeout(resolve, after));
      const stoppedAt = performance.now();
      controller.abort();
      await run;
      tell({ what, milliseconds: performance.now() - stoppedAt });
    } finally {
      await campaign.close();
    }
  }
}
