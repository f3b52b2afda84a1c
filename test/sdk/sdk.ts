import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { whyNoAdobeSdk } from '../../bench/processes/adobeSdk';
import { startSimulator, type ReceivedRequest, type Simulator, type SimulatorOptions } from '../simulator';
import type { SdkAccess, SdkCall, SdkOutcome } from './sdkProcess';

/** What came of a call, and what of it arrived at the server. */
export interface SdkResult {
  readonly outcome: SdkOutcome;
  readonly request: ReceivedRequest | undefined;
}

/** Adobe's SDK, connected to a simulator over HTTPS. */
export class Sdk {
  private constructor(
    readonly simulator: Simulator,
    private readonly child: ChildProcess,
    private readonly folder: string,
    /** The methods it has. */
    readonly methods: readonly string[],
  ) {}

  /** @throws Error if the SDK cannot be installed */
  static async connect(options: SimulatorOptions): Promise<Sdk> {
    const reason = await whyNoAdobeSdk(new AbortController().signal);
    if (reason !== undefined) throw new Error(reason);
    const simulator = await startSimulator({ profiles: 7, https: true, ...options });
    const folder = mkdtempSync(path.join(tmpdir(), 'adobe-campaign-sdk-'));
    const authority = path.join(folder, 'ca.pem');
    writeFileSync(authority, simulator.certificate ?? '');
    const access: SdkAccess = {
      url: simulator.url,
      organization: simulator.organization,
      apiKey: simulator.apiKey,
      token: simulator.mintToken(),
    };
    const child = fork(path.join(__dirname, 'sdkProcess.ts'), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, NODE_EXTRA_CA_CERTS: authority, SDK_ACCESS: JSON.stringify(access) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [methods] = (await once(child, 'message')) as [readonly string[]];
    return new Sdk(simulator, child, folder, methods);
  }

  /** Calls a method. */
  async call(method: string, ...args: readonly unknown[]): Promise<SdkResult> {
    this.simulator.resetStats();
    const answered = once(this.child, 'message');
    this.child.send({ method, args } satisfies SdkCall);
    const [outcome] = (await answered) as [SdkOutcome];
    return { outcome, request: this.simulator.stats.received[0] };
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
    await this.simulator.close();
    rmSync(this.folder, { recursive: true });
  }
}
