import type { SettingResult } from '../contest';
import type { ManyItemsResult } from '../manyItems';
import type { ContestantId } from '../settings';
import { cpuPerItem, median } from '../statistics';

/** CPU time that one item takes for something, in ms. */
export interface Cost {
  readonly what: string;
  readonly milliseconds: number;
}

/**
 * What an item costs whom: differences between the contestants of the setting without latency.
 *
 * @returns those whose contestants took part
 */
export function costsOf(settings: readonly SettingResult[], manyItems: ManyItemsResult | undefined): Cost[] {
  const contestants = settings.find(({ id }) => id === 'noLatency')?.contestants ?? [];
  const of = (who: ContestantId): number => {
    const samples = contestants.find(({ id }) => id === who)?.samples ?? [];
    return samples.length === 0 ? NaN : median(samples.map(cpuPerItem));
  };
  const costs: Cost[] = [
    { what: 'The request itself: raw undici', milliseconds: of('undici') },
    { what: 'This package and n8n around it: automatic mapping without the request', milliseconds: of('automatic') - of('undici') },
    { what: 'of which n8n alone, which hands items on', milliseconds: manyItems ? cpuPerItem(manyItems.engineAlone) : NaN },
    { what: 'Two dragged fields, which this package reads', milliseconds: of('expressions') - of('automatic') },
    { what: "An expression that n8n's engine evaluates", milliseconds: of('evaluated') - of('expressions') },
    { what: "n8n's helper for requests, instead of a kept connection", milliseconds: of('loop') - of('undici') },
    { what: 'The HTTP Request node on top of that helper', milliseconds: of('httpRequest') - of('loop') },
  ];
  return costs.filter(({ milliseconds }) => !Number.isNaN(milliseconds));
}
