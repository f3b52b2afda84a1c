import type { Values } from '../records/store';

/** What has happened when a simulator starts; `profile` is the id of one of the first profiles. */
export const EVENTS: readonly Values[] = [
  { profile: 1, category: 'email', label: 'Winter sale', date: '2025-12-01 08:44:49.366Z' },
  { profile: 1, category: 'email', label: 'Order confirmation', date: '2025-12-20 17:46:00.000Z' },
  { profile: 1, category: 'subscription', label: 'Weekly offers', date: '2025-11-15 10:00:00.000Z', metadata: 'subHisto', type: 'inbound' },
  { profile: 3, category: 'sms', label: 'Parcel on its way', date: '2025-12-29 12:00:00.000Z' },
];
