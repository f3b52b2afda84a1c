import { itReadsABigTable } from '../support/manyProfiles';

describe('a large table', () => {
  // Campaign's own threshold is tried in the slow ring.
  itReadsABigTable(2_000, 200, { settings: { bigTableThreshold: 2_000 } });
});
