import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a piece of work took of the process it ran in. */
export interface Measure {
  readonly milliseconds: number;
  /** User and system time of all threads of the process. */
  readonly cpuMilliseconds: number;
  /** Resident memory before the work, after a garbage collection, in bytes. */
  readonly startBytes: number;
  /** The most resident memory there was during the work, in bytes. */
  readonly peakBytes: number;
}

/** Measures the process it is made in, from now on. */
export class Meter {
  private readonly startBytes: number;
  private readonly startCpu: NodeJS.CpuUsage;
  private readonly startedAt: number;

  constructor() {
    collectGarbage();
    forgetPeak();
    this.startBytes = process.memoryUsage.rss();
    this.startCpu = process.cpuUsage();
    this.startedAt = performance.now();
  }

  read(): Measure {
    const milliseconds = performance.now() - this.startedAt;
    const { user, system } = process.cpuUsage(this.startCpu);
    return { milliseconds, cpuMilliseconds: (user + system) / 1000, startBytes: this.startBytes, peakBytes: peakBytes() };
  }
}

/** So that nobody pays for what was there before; V8 offers it to those who ask with a flag only. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}

/** Linux: 5 sets the high-water mark of this process back to what it has now (man proc_pid_clear_refs). */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Elsewhere the peak is that of the whole life of the process.
  }
}

function peakBytes(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // No /proc.
  }
  return process.resourceUsage().maxRSS * 1024;
}

let current: Meter | undefined;

/** Starts the one measurement that the nodes of a workflow share. */
export function startMeter(): void {
  current = new Meter();
}

/** @throws Error when nothing was started */
export function readMeter(): Measure {
  if (current === undefined) throw new Error('Nothing is being measured: run Bench Items first');
  return current.read();
}
