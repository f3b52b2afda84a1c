import type { Values } from '../records/store';

/** The stores that every simulator starts with. */
export const STORES: readonly Values[] = [
  { storeCode: 'OSL-1', label: 'Oslo Centre', city: 'Oslo', openSince: '2012-05-01', squareMetres: 820 },
  { storeCode: 'OSL-2', label: 'Oslo Airport', city: 'Oslo', openSince: '2019-09-15', squareMetres: 140, openOnSunday: true },
  { storeCode: 'BGO-1', label: 'Bergen', city: 'Bergen', openSince: '2015-03-20', squareMetres: 460 },
  { storeCode: 'TRD-1', label: 'Trondheim', city: 'Trondheim', squareMetres: 300 },
];

/** Their departments; `store` is the id of one of the stores. */
export const DEPARTMENTS: readonly Values[] = [
  { label: 'Shoes', floor: 1, store: 1 },
  { label: 'Jackets', floor: 2, store: 1 },
  { label: 'Gifts', floor: 0, store: 2 },
];
