import { demoCredential } from '../host/demo';
import { startHost, type Host } from '../host/host';
import { installHost } from '../host/install';
import { layOutAsImage } from '../host/installation/imageLayout';
import { recipeFor } from '../host/installation/recipe';
import { startSimulator, type Simulator } from '../simulator';

/** One version of n8n, running with the packed package, and the simulator that its credential points at. */
export interface Session {
  version: string;
  nodeMajor: number;
  /** In the layout of n8n's image. */
  host: Host;
  /** Starts the same n8n as npm has laid it out, with everything in reach of packages. Whoever starts it ends it. */
  readonly startHoisted: () => Promise<Host>;
  simulator: Simulator;
}

/**
 * Starts a version of n8n, installed first where it is not yet, in the layout of n8n's image.
 * @param version full version
 * @param write takes lines for a person
 * @param body what to do with it; everything is ended afterwards
 */
export async function withSession<Result>(
  version: string,
  write: (line: string) => void,
  body: (session: Session) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const recipe = recipeFor(version);
  const installed = await installHost({ recipe, write, signal });
  const simulator = await startSimulator({ profiles: 400 });
  let host: Host | undefined;
  try {
    const options = {
      credentials: [demoCredential(simulator)],
      // Before n8n 2 a community node is a tool only where this is set.
      environment: { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true' },
      // Old versions migrate their database for minutes on a busy machine.
      readyWithinMs: 300_000,
      signal,
    };
    host = await startHost({ ...options, installed: layOutAsImage(installed) });
    const startHoisted = async () => await startHost({ ...options, installed });
    return await body({ version, nodeMajor: recipe.nodeMajor, host, startHoisted, simulator });
  } finally {
    await host?.stop();
    await simulator.close();
  }
}
