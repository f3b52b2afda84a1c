import Module, { isBuiltin } from 'node:module';
import path from 'node:path';

const BUILT = path.resolve(__dirname, '../../dist') + path.sep;
const VISIBLE = /^(?:\.|n8n-workflow$|luxon$)/;

type Load = (request: string, parent: { readonly filename?: string } | undefined, isMain: boolean) => unknown;

/** From now on the built package finds nothing that keeps connections open, so that everything goes through n8n's helper. */
export function hideConnections(): void {
  const loader = Module as unknown as { _load: Load };
  const load = loader._load.bind(Module);
  loader._load = (request, parent, isMain) => {
    const isHidden = !VISIBLE.test(request) && !request.startsWith(BUILT) && !isBuiltin(request);
    if (isHidden && parent?.filename?.startsWith(BUILT)) throw new Error(`Cannot find module '${request}'`);
    return load(request, parent, isMain);
  };
}
