/** What keeps a probe from its work, in words that name nobody and may stand in a report. */
export class ProbeProblem extends Error {}
