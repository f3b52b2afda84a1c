/** Set in the ring `slow` alone. */
declare const DRAWS_ALL: true | undefined;

/** Whether nothing is left out: in the ring `slow`. Elsewhere a sample must do, so that nobody waits long for `npm test`. */
export const drawsAll = (): boolean => typeof DRAWS_ALL !== 'undefined';

/** How many of so many random cases to draw: one in `share`, or all. */
export const sample = (cases: number, share = 3): number => (drawsAll() ? cases : Math.ceil(cases / share));
