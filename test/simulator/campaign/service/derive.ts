import { timesOf } from '../model/defineEntity';
import type { Values } from '../records/store';

/** Id of the template that new services are made from: the first record of the table. */
const TEMPLATE_ID = 1;

/** What the server computes from the other attributes of a service; one without a name gets one. */
export function deriveService({ id, name, label, start }: Values): Values {
  const named = name === '' ? `SVC${String(id)}` : String(name);
  return { name: named, title: `${String(label)} (${named})`, mainDate: start ?? '' };
}

/** What the server gives a new service. */
export function mintService(id: number, now: Date): Values {
  return { ...timesOf(id, now), template: id === TEMPLATE_ID ? null : TEMPLATE_ID };
}
