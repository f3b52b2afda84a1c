/**
 * `npm run demo`: the calls of Adobe's page "Updating profiles with APIs" in n8n's own engine, in this process, against
 * the simulator: get a profile, update its phone, get it again. Exit code 0 only if the change is really there.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { startSimulator, type Simulator } from '../test/simulator';
import { Engine, type RunResult, type WorkflowJson } from '../test/support/engine';
import { simulatorCredential } from '../test/support/simulatorCredential';

const EXAMPLE = path.resolve(__dirname, '../examples/get-update-get.json');
const EMAIL = 'amy.dakota@mail.com';
const NEW_PHONE = '3301020304';

async function demonstrate(simulator: Simulator): Promise<boolean> {
  const engine = await Engine.load();
  engine.setCredential('adobeCampaignDemo', 'adobeCampaignApi', simulatorCredential(simulator));

  const before = phoneInCampaign(simulator);
  const workflow = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as WorkflowJson;
  const result = await engine.run(workflow);
  if (result.error) {
    console.error(`The workflow ended with: ${result.error.message}\n${result.error.description ?? ''}`);
    return false;
  }

  show('The profile before (Get profile)', result, 'Get profile');
  show("Campaign's answer (Update phone)", result, 'Update phone');
  show('The profile after (Get profile again)', result, 'Get profile again');

  const after = phoneInCampaign(simulator);
  console.log(`Phone in Campaign: '${before}' before, '${after}' after.`);
  return before !== NEW_PHONE && after === NEW_PHONE && result.json('Get profile again')[0]?.phone === NEW_PHONE;
}

/** What Campaign itself holds, past the API. */
function phoneInCampaign(simulator: Simulator): string {
  return String(simulator.profiles.byEmail(EMAIL)[0]?.phone ?? '');
}

function show(title: string, result: RunResult, node: string): void {
  console.log(`\n${title}:\n${JSON.stringify(result.json(node)[0], null, 2)}`);
}

async function main(): Promise<void> {
  const simulator = await startSimulator({ profiles: 50 });
  try {
    const isThere = await demonstrate(simulator);
    console.log(isThere ? '\nThe change is there.' : '\nThe change is not there.');
    process.exitCode = isThere ? 0 : 1;
  } finally {
    await simulator.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
