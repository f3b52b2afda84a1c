import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';

const DEPLOY = path.resolve(__dirname, '../../deploy');

interface Service {
  image: string;
  command?: string;
  environment?: Record<string, string>;
  secrets?: string[];
  healthcheck?: { test: string[] };
  volumes?: string[];
}
interface ComposeFile {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
}

// Merge keys (`<<`) are YAML 1.1, which compose understands.
const compose = parse(readFileSync(path.join(DEPLOY, 'queue', 'compose.yaml'), 'utf8'), { merge: true }) as ComposeFile;
const { version } = JSON.parse(readFileSync(path.join(DEPLOY, '..', 'package.json'), 'utf8')) as { version: string };
const n8n = ['main', 'worker', 'webhook'].map((name) => compose.services[name]);

describe('the compose file for queue mode', () => {
  it('runs main, workers and webhook processors from one image with one environment', () => {
    expect(new Set(n8n.map((service) => service?.image))).toEqual(new Set(['n8n-adobe-campaign']));
    for (const service of n8n) expect(service?.environment).toEqual(n8n[0]?.environment);
    expect(n8n.map((service) => service?.command?.split(' ')[0])).toEqual([undefined, 'worker', 'webhook']);
  });

  it('has this version of the package in the image', () => {
    const text = readFileSync(path.join(DEPLOY, 'queue', 'compose.yaml'), 'utf8') + readFileSync(path.join(DEPLOY, 'Dockerfile'), 'utf8');
    const named = [...text.matchAll(/n8n-nodes-adobe-campaign@([\w.-]+)/g)].map(([, found]) => found);

    expect(named.length).toBeGreaterThanOrEqual(3);
    expect(new Set(named)).toEqual(new Set([version]));
  });

  it('hides the package behind no volume', () => {
    for (const service of n8n) expect(service?.volumes).toBeUndefined();
  });

  it('gives secrets by file, each to whom it is said to have it', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      const files = JSON.stringify(service).match(/\/run\/secrets\/\w+/g) ?? [];
      const used = new Set(files.map((file) => file.slice('/run/secrets/'.length)));
      expect([name, new Set(service.secrets)]).toEqual([name, used]);
      for (const secret of used) expect(compose.secrets).toHaveProperty(secret);
      // Nothing that is secret stands in the file itself.
      const named = Object.keys(service.environment ?? {}).filter((variable) => /PASSWORD|KEY|SECRET/.test(variable));
      expect(named.filter((variable) => !variable.endsWith('_FILE'))).toEqual([]);
    }
  });

  it('tells of everything whether it is well', () => {
    for (const [name, { healthcheck }] of Object.entries(compose.services))
      expect([name, healthcheck?.test.length]).not.toContain(undefined);
  });
});
