const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Files that take longest, where jest has no times of an earlier run to go by; the one that starts last decides when all end. First those that
 * wait more than they work, so that others run meanwhile.
 */
const SLOWEST = [
  ...['command', 'outage', 'pace', 'event', 'wire', 'versions', 'bench', 'simpleExpressions', 'workflow', 'connections', 'access'],
  ...['sides', 'readsBack', 'oddAnswers', 'lookUp', 'triggerLongRun', 'manyProcesses', 'twoRuns', 'lookUpWhileChanging', 'trigger', 'undo'],
  ...['oddParameters', 'changes', 'preview', 'runAgain', 'schemas', 'subscription', 'undoTurns', 'meaning', 'createOrUpdate', 'adaptation'],
];

/** Starts the slowest test files first, so that no core waits for another at the end. */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const places = new Map(SLOWEST.map((name, place) => [`${name}.test.ts`, place]));
    const placeOf = ({ path }) => places.get(path.split(/[\\/]/).at(-1)) ?? SLOWEST.length;
    const isTimed = tests.every((test) => test.duration !== undefined);
    const sorted = super.sort(tests);
    return isTimed ? sorted : [...sorted].sort((left, right) => placeOf(left) - placeOf(right));
  }
};
