import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { startSimulator, type Simulator } from '../simulator';
import { demoCredential } from './demo';
import { startHost, type Host } from './host';
import { findInstalledHost } from './install';
import { expectFewConnections } from './expectFewConnections';
import { layOutAsImage } from './installation/imageLayout';

describe("a real n8n in the layout of n8n's image", () => {
  let simulator: Simulator;
  let host: Host;
  /** Ends what was started, the last first. */
  const stops: Array<() => Promise<void>> = [];
  let image: ReturnType<typeof layOutAsImage>;

  beforeAll(async () => {
    const installed = findInstalledHost();
    if (!installed) throw new Error('n8n is not installed: run npm run test:e2e');
    image = layOutAsImage(installed);
    simulator = await startSimulator();
    stops.push(() => simulator.close());
    host = await startHost({ installed: image, credentials: [demoCredential(simulator)] });
    stops.push(() => host.stop());
  }, 180_000);
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  }, 60_000);

  it('shows direct dependencies only', () => {
    // Where n8n lets packages look for modules.
    const fromN8n = createRequire(image.n8n);
    expect(() => fromN8n.resolve('n8n-core')).not.toThrow();
    expect(() => fromN8n.resolve('undici')).toThrow('Cannot find module');
    expect(() => fromN8n.resolve('proxy-from-env')).toThrow('Cannot find module');
  });

  it('is laid out once, so that nothing is taken away from an n8n that runs', () => {
    const installed = findInstalledHost();
    const folder = () => statSync(path.dirname(image.n8n)).ino;
    const before = folder();

    expect(installed && layOutAsImage(installed)).toEqual(image);
    expect(folder()).toBe(before);
  });

  it('keeps connections open for an update of many profiles', async () => {
    await expectFewConnections(host, simulator);
  }, 60_000);
});
