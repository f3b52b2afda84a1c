import { json, type Answer } from './answers';
import type { Clock } from './clock';
import type { SimulatorSettings } from './options';

/**
 * The hidden throughput ceiling. Adobe: Campaign v8 REST APIs says that one exists and that 429 answers what exceeds it,
 * but gives no number. Refused requests do not count against it.
 */
export class RateLimit {
  /** Times of the accepted requests of the last second, oldest first. */
  private readonly accepted: number[] = [];

  constructor(
    private readonly settings: SimulatorSettings,
    private readonly clock: Clock,
  ) {}

  /** Takes a request, or returns the 429 that refuses it. */
  refusal(): Answer | null {
    const limit = this.settings.requestsPerSecond;
    if (limit === null) return null;
    const now = this.clock.milliseconds();
    while (this.accepted.length > 0 && (this.accepted[0] ?? 0) <= now - 1000) this.accepted.shift();
    if (this.accepted.length < limit) {
      this.accepted.push(now);
      return null;
    }
    const { retryAfterSeconds, throttleCode } = this.settings;
    if (retryAfterSeconds !== null) {
      return json(429, { error_code: '429050', message: 'Too many requests' }, { 'retry-after': String(retryAfterSeconds) });
    }
    const message = throttleCode === '429001' ? 'Service usage limit reached' : 'Developer key usage limit reached';
    return json(429, { error_code: throttleCode, message });
  }
}
