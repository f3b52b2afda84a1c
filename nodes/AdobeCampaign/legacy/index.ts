import type { Resource } from '../../shared/execution/operation';
import { assignUnit } from './assignUnit';
import { createPrivacyRequest } from './createPrivacyRequest';
import { getDataFile } from './getDataFile';
import { getHistory } from './getHistory';
import { getManyPrivacyRequests } from './getManyPrivacyRequests';
import { getManyUnits } from './getManyUnits';
import { updateUnit } from './updateUnit';

/** What Campaign Standard alone has: one line in the list of resources, out of the way of everybody on v8. */
export const legacy: Resource = {
  value: 'legacy',
  name: 'Legacy',
  operations: [assignUnit, createPrivacyRequest, getDataFile, getManyUnits, getManyPrivacyRequests, getHistory, updateUnit],
  initialOperation: getHistory.value,
};
