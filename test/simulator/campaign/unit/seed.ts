import type { Values } from '../records/store';

const PARENT = 'All (all)';

/** The organizational units that every simulator starts with. */
export const ORGANIZATIONAL_UNITS: readonly Values[] = [
  { name: 'all', label: 'All' },
  { name: 'nordics', label: 'Nordics', parentTitle: PARENT },
  { name: 'iberia', label: 'Iberia', parentTitle: PARENT },
];

/** The geographical units that every simulator starts with. */
export const GEOGRAPHICAL_UNITS: readonly Values[] = [
  { name: 'all', label: 'All' },
  { name: 'europe', label: 'Europe', parentTitle: PARENT },
];
