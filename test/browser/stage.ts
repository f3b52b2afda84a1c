import path from 'node:path';

import { demoCredential, readExamples } from '../host/demo';
import { startHost, type Host } from '../host/host';
import { startSimulator, type Simulator } from '../simulator';
import { Editor } from './editor';

/** Set to take the pictures of README and guides anew. */
const PICTURES = process.env.PICTURES ? path.resolve(__dirname, '../../docs/images') : undefined;

/** A real n8n with the package, the credential and the examples in it, the simulator beside it, and a browser that is signed in. */
export interface Stage {
  readonly simulator: Simulator;
  readonly host: Host;
  readonly editor: Editor;
  /** Takes a picture of what is there, when pictures are wanted. */
  picture(this: void, name: string): Promise<void>;
  /** Ends everything that was started, the last first. */
  close(): Promise<void>;
}

/**
 * Starts everything; what was started is ended again when something of it does not start.
 *
 * @param packageRoot the built package to install, e.g. an older one; this repository when left out
 */
export async function openStage(packageRoot?: string): Promise<Stage> {
  const stops: Array<() => Promise<void>> = [];
  const close = async (): Promise<void> => {
    for (const stop of stops.reverse()) await stop();
  };
  try {
    const simulator = await startSimulator();
    stops.push(() => simulator.close());
    const host = await startHost({ credentials: [demoCredential(simulator)], ...(packageRoot === undefined ? {} : { packageRoot }) });
    stops.push(() => host.stop());
    for (const example of readExamples()) await host.client.createWorkflow(example);
    const editor = await Editor.open(host);
    stops.push(() => editor.close());
    const picture = async (name: string): Promise<void> => {
      if (PICTURES) await editor.screenshot(path.join(PICTURES, `${name}.png`));
    };
    return { simulator, host, editor, picture, close };
  } catch (error) {
    await close();
    throw error;
  }
}
