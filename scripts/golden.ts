/** Writes down the parameters that saved workflows depend on, and what a new step asks, after a change that `npm test` asks about. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { CONTROL_TABLE, printControlTable } from '../test/support/tables/controlTable';
import { GOLDEN_FOLDER, goldenFiles, printGolden } from '../test/support/golden';

async function main(): Promise<void> {
  mkdirSync(GOLDEN_FOLDER, { recursive: true });
  for (const [file, golden] of await goldenFiles()) {
    writeFileSync(path.join(GOLDEN_FOLDER, file), printGolden(golden));
    console.log(`test/golden/${file}: ${golden.parameters.length} parameters`);
  }
  writeFileSync(CONTROL_TABLE, await printControlTable());
}

void main();
