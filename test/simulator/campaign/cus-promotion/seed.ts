import type { Values } from '../records/store';

/** The promotions that every simulator starts with; `profile` is the id of one of the first profiles. */
export const PROMOTIONS: readonly Values[] = [
  { category: 'winter', promo_code: 'W-10', NP_ZIP_CD: '0150', customerID: 'C-1', profile: 1, percent: 10, valid_until: '2026-02-28' },
  { category: 'winter', promo_code: 'W-20', customerID: 'C-2' },
  { category: 'spring', promo_code: 'W-10', NP_ZIP_CD: '5003', profile: 3, percent: 25, isStackable: true },
];
