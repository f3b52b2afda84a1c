import { running } from './globalSetup';

/** Ends the shared host; jest calls it once, after the last test. */
export default async function tearDown(): Promise<void> {
  await running.host?.stop();
}
