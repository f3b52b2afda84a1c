import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Operation, Resource } from '../../nodes/shared/execution/operation';

const ROOT = path.resolve(__dirname, '../..');

/** An operation and where it stands. */
export interface Registered {
  /** `<node>.<resource>.<operation>`, e.g. `adobeCampaignProfile.profile.update`. */
  readonly name: string;
  readonly node: string;
  readonly resource: Resource;
  readonly operation: Operation;
}

/** Every operation of every node that package.json lists, by the folders of their resources: those of tomorrow as well. */
export function registeredOperations(): Registered[] {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
  return manifest.n8n.nodes.flatMap((file) => {
    const folder = path.dirname(file.replace(/^dist\//, ''));
    const node = path.basename(folder).replace(/^./, (letter) => letter.toLowerCase());
    return readdirSync(path.join(ROOT, folder))
      .filter((name) => existsSync(path.join(ROOT, folder, name, 'index.ts')))
      .flatMap((name) => Object.values(jest.requireActual<Record<string, Resource>>(path.join(ROOT, folder, name, 'index'))))
      .flatMap((resource) =>
        resource.operations.map((operation) => ({ name: `${node}.${resource.value}.${operation.value}`, node, resource, operation })),
      );
  });
}
