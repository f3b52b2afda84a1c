import { itReadsABigTable } from '../support/manyProfiles';

describe("a table above Campaign's own threshold", () => {
  itReadsABigTable(100_000, 10_000);
});
