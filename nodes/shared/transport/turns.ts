import { wait } from './wait';

/** After so long, in ms, or so many steps, others get their turn: the whole of n8n runs in one thread. */
const TURN_MS = 8;
const TURN_STEPS = 256;

/**
 * Resolves when the event loop has come round, sockets and all. One timer is not enough: where two tasks take turns like this, that of
 * the one falls due while the other is at work, and Node runs due timers without looking at anything else.
 *
 * @throws TransportError `cancelled` when the workflow is stopped meanwhile
 */
export async function nextTurn(signal?: AbortSignal): Promise<void> {
  await wait(0, signal);
  await wait(0, signal);
}

/** Counts what one goes through in a row, so that nobody else waits long for it. */
export class Stint {
  private steps = 0;
  private beganAt = performance.now();

  /** The event loop has come round. */
  begin(): void {
    this.steps = 0;
    this.beganAt = performance.now();
  }

  /** One step more. */
  step(): void {
    this.steps += 1;
  }

  /** Whether it is time for the others. */
  get isOver(): boolean {
    return this.steps >= TURN_STEPS || performance.now() - this.beganAt >= TURN_MS;
  }

  /** Takes one step, and then lets the others have their turn if it is time. @throws TransportError `cancelled` */
  async stepOrYield(signal?: AbortSignal): Promise<void> {
    this.step();
    if (!this.isOver) return;
    await nextTurn(signal);
    this.begin();
  }
}
