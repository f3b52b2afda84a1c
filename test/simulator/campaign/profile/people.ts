import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Values } from '../records/store';
import { CAST } from './cast';

const generated = new Map<string, Promise<readonly Values[]>>();

/**
 * The people a simulator starts with: the cast, then generated ones. The same arguments give the same people.
 * @param count how many in all
 * @param today what ages and purchases are counted back from
 */
export async function makePeople(count: number, seed: number, today: Date): Promise<readonly Values[]> {
  const missing = count - CAST.length;
  if (missing <= 0) return CAST.slice(0, count);
  const key = `${count} ${seed} ${today.getTime()}`;
  const people = generated.get(key) ?? generate({ first: CAST.length + 1, count: missing, seed, today });
  generated.set(key, people);
  return [...CAST, ...(await people)];
}

function generate(request: { first: number; count: number; seed: number; today: Date }): Promise<readonly Values[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(__dirname, 'people.worker.mjs'), { workerData: request });
    worker.once('message', (people: readonly Values[]) => resolve(people));
    worker.once('error', reject);
  });
}
