import type { AssumptionName } from '../../test/simulator';
import type { ProbesOf } from '../finding';
import { ACCESS_PROBES } from './access';
import { EXECUTION_PROBES } from './execution';
import { FILTERS_PROBES } from './filters';
import { LISTS_PROBES } from './lists';
import { RECORDS_PROBES } from './records';
import { WRITES_PROBES } from './writes';

/** A probe for every assumption, or the reason why it has none. */
export const PROBES: ProbesOf<AssumptionName> = {
  ...ACCESS_PROBES,
  ...LISTS_PROBES,
  ...FILTERS_PROBES,
  ...RECORDS_PROBES,
  ...WRITES_PROBES,
  ...EXECUTION_PROBES,
};
