import * as undici from 'undici';

import { isUndici } from '../../../../nodes/shared/transport/http/hostLibraries';

describe('the undici of an n8n', () => {
  it('is one that collects answers as this package does', () => {
    expect(isUndici(undici)).toBe(true);
  });

  it('is none before version 7, whose handlers are others', () => {
    const { Client, Pool, ProxyAgent, buildConnector } = undici;

    expect(isUndici({ Client, Pool, ProxyAgent, buildConnector })).toBe(false);
  });
});
