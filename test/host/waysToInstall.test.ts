import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { startSimulator, type Simulator } from '../simulator';
import { demoCredential, readExamples } from './demo';
import { startHost, type Host } from './host';
import { npmCommand, runNpm } from './installation/npm';
import type { PackedPackage } from './installation/packedPackage';
import { runToEnd } from './support/child';
import { projectRoot } from './support/paths';

const NODES = ['adobeCampaign', 'adobeCampaignProfile', 'adobeCampaignProfileTrigger'];

/** What the Dockerfile runs, with folders of this machine in place of the image's. */
function imageStep(userFolder: string): string {
  const step = /^RUN --mount=\S+ \\\n((?:.*\\\n)*.*)/m.exec(readFileSync(path.join(projectRoot, 'deploy', 'Dockerfile'), 'utf8'))?.[1];
  if (step === undefined) throw new Error('The Dockerfile has no such step');
  return step.replaceAll('/home/node', userFolder);
}

/** As the image is made: by the step of the Dockerfile, which is what the README says for n8n without its page. */
async function installAsImage({ tarball }: PackedPackage, userFolder: string): Promise<void> {
  const npm = path.dirname(npmCommand()[0]);
  const { exit, lines } = await runToEnd({
    command: '/bin/sh',
    args: ['-c', imageStep(userFolder)],
    cwd: os.tmpdir(),
    env: { ...process.env, PATH: [npm, process.env.PATH].join(path.delimiter), PACKAGE: tarball },
  });
  if (exit.code !== 0) throw new Error(lines.join('\n'));
}

async function installAsExtension({ tarball }: PackedPackage, userFolder: string): Promise<void> {
  const folder = path.join(userFolder, '.n8n', 'custom');
  mkdirSync(folder, { recursive: true });
  await runNpm({ args: ['install', '--omit=dev', '--ignore-scripts', tarball], cwd: folder });
}

describe.each([
  ['by the step of the Dockerfile', 'nodes', 'n8n-nodes-adobe-campaign.', installAsImage],
  ['in the folder of custom extensions', 'custom', 'CUSTOM.', installAsExtension],
])('the package, installed %s', (_, folder, prefix, installPackage) => {
  let simulator: Simulator;
  let host: Host;
  /** Ends what was started, the last first. */
  const stops: Array<() => Promise<void>> = [];

  beforeAll(async () => {
    simulator = await startSimulator();
    stops.push(() => simulator.close());
    host = await startHost({ installPackage, credentials: [demoCredential(simulator)] });
    stops.push(() => host.stop());
  }, 180_000);
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  }, 60_000);

  it('brings nothing with it', () => {
    const installed = readdirSync(path.join(host.userFolder, '.n8n', folder, 'node_modules'));
    expect(installed.filter((name) => !name.startsWith('.'))).toEqual(['n8n-nodes-adobe-campaign']);
  });

  it('is loaded', async () => {
    const names = (await host.client.nodeTypes()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(NODES.map((name) => `${prefix}${name}`)));
    expect((await host.client.credentialTypes()).map(({ name }) => name)).toContain('adobeCampaignApi');
  });

  it('changes the phone of Amy Dakota', async () => {
    const [introduction] = readExamples();
    if (!introduction) throw new Error('The example is missing');
    const nodes = introduction.nodes.map((node) => ({ ...node, type: node.type.replace('n8n-nodes-adobe-campaign.', prefix) }));
    const { id } = await host.client.createWorkflow({ ...introduction, nodes });
    expect((await host.client.run(id)).status).toBe('success');
    expect(simulator.profiles.byEmail('amy.dakota@mail.com')[0]?.phone).toBe('3301020304');
  }, 60_000);
});
