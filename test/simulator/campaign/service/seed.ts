import type { Values } from '../records/store';

/** The services that every simulator starts with: the built-in template, then those that people subscribe to. */
export const SERVICES: readonly Values[] = [
  { name: 'newsletter', label: 'Newsletter', builtIn: true, isTemplate: true },
  { name: 'weekly_offers', label: 'Weekly offers', start: '2025-01-15' },
  {
    name: 'product_news',
    label: 'Product news',
    cusTopic: 'products',
    start: '2025-03-01',
    end: '2026-12-31',
    limitedDuration: true,
    validityDuration: 'P30D',
  },
  {
    name: 'sport_digest',
    label: 'Sport digest',
    publicLabel: 'Sport',
    cusTopic: 'sport',
    cusFrequency: 'monthly',
    start: '2025-06-01',
    end: '2025-12-31',
  },
  { name: 'sms_alerts', label: 'SMS alerts', messageType: 'sms', start: '2025-01-15' },
  { name: 'delivery_updates', label: 'Weekly delivery updates', messageType: 'sms' },
  { name: 'invite_friends', label: 'Invite friends', mode: 'viral' },
];
