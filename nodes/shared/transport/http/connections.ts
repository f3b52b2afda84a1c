import type { buildConnector, Dispatcher } from 'undici';

import { LONGEST_ANSWER_BYTES } from './answerText';
import { Forgetful } from '../forgetful';
import { egressRules, type EgressContext, type EgressFilter, type EgressVerdict } from './egressRules';
import { ConnectFailure } from './failure';
import { findHostLibraries, type HostLibraries } from './hostLibraries';

/** An unused connection is closed after this time, or earlier where the server says so. */
const IDLE_MS = 4_000;
/** Longest wait for a connection: the name looked up, TLS and a proxy included. */
const CONNECT_MS = 10_000;

/** A way to one origin, of one connection at a time. */
export interface Connection {
  readonly dispatcher: Dispatcher;
  readonly line: Line;
}

/** Whether there is somebody at the other end. */
interface Line {
  isUp: boolean;
  /** How often it came up. */
  timesUp: number;
  /** Told when it goes down. */
  onDown: () => void;
}

/**
 * Keep-alive connections to one origin, as many as there are requests in flight: the gate is what bounds them. The one
 * used last is used first, so that surplus ones fall idle and are closed.
 *
 * Undici has a pool of its own; it opens a second connection while one that has just answered waits for the next turn
 * of the event loop, and so ends with twice as many.
 */
export class Connections {
  private readonly idle: Connection[] = [];
  private lent = 0;

  constructor(
    readonly origin: string,
    private readonly open: () => Connection,
    private readonly egress: EgressFilter | undefined,
  ) {}

  /** Asks the rules of this n8n about a URL; undefined where there are none. */
  check(url: string): Promise<EgressVerdict> | undefined {
    return this.egress && Promise.resolve(this.egress.validateUrl(url));
  }

  /**
   * Lends a connection to a task. One whose task fails is closed and not used again.
   *
   * @throws whatever the task throws
   */
  async use<Result>(task: (connection: Connection) => Promise<Result>): Promise<Result> {
    const connection = this.idle.pop() ?? this.openAnother();
    this.lent += 1;
    try {
      const result = await task(connection);
      this.idle.push(connection);
      return result;
    } catch (error) {
      void connection.dispatcher.destroy();
      return await Promise.reject(error);
    } finally {
      this.lent -= 1;
    }
  }

  /** Whether no connection is open. A run that has it goes on with it all the same. */
  get isUnused(): boolean {
    return this.idle.length === 0 && this.lent === 0;
  }

  private openAnother(): Connection {
    const connection = this.open();
    connection.line.onDown = () => {
      const index = this.idle.indexOf(connection);
      if (index < 0) return;
      // Nobody may ever need so many again.
      this.idle.splice(index, 1);
      void connection.dispatcher.destroy();
    };
    return connection;
  }
}

/** All connections of this process, by egress rules, then by origin and proxy. Requests bring their own credentials. */
const shared = new WeakMap<object, Forgetful<Connections>>();
const NO_RULES = {};

/**
 * The connections to an origin, which everything in this process shares that is under the same egress rules.
 *
 * @param context of the node; where it does not show the instance's egress rules, there is no telling whether it has some
 * @param baseUrl any URL of the origin
 * @returns undefined where only n8n itself can send: undici is out of reach, or the rules, or the kind of proxy
 */
export function connectionsTo(context: EgressContext, baseUrl: string): Connections | undefined {
  const libraries = findHostLibraries();
  const rules = egressRules(context);
  if (!libraries || !rules) return undefined;
  const egress = rules.filter;
  const { origin } = new URL(baseUrl);
  const proxy = libraries.getProxyForUrl(baseUrl);
  if (proxy !== '' && !(/^https?:/.test(proxy) && URL.canParse(proxy))) return undefined;

  const underTheseRules = shared.get(egress ?? NO_RULES) ?? new Forgetful<Connections>(({ isUnused }) => isUnused);
  shared.set(egress ?? NO_RULES, underTheseRules);
  const key = `${origin} ${proxy}`;
  const connections = underTheseRules.get(key) ?? new Connections(origin, opener(libraries, origin, proxy, egress), egress);
  underTheseRules.set(key, connections);
  return connections;
}

function opener({ undici }: HostLibraries, origin: string, proxy: string, egress: EgressFilter | undefined): () => Connection {
  const { Client, Pool, ProxyAgent, buildConnector } = undici;
  const connect = (target: string | URL, connector: buildConnector.connector, line: Line): Dispatcher =>
    new Client(target, {
      pipelining: 1,
      keepAliveTimeout: IDLE_MS,
      keepAliveMaxTimeout: IDLE_MS,
      maxResponseSize: LONGEST_ANSWER_BYTES,
      // The whole answer has one deadline, which is the sender's.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: watching(connector, line),
    });
  if (proxy === '') {
    // One for all, so that TLS sessions are resumed.
    const connector = buildConnector({ timeout: CONNECT_MS, ...(egress && { lookup: egress.createSecureLookup() }) });
    return () => {
      const line: Line = { isUp: false, timesUp: 0, onDown: () => {} };
      return { dispatcher: connect(origin, connector, line), line };
    };
  }
  // As in n8n's helper, the proxy is the administrator's choice and exempt from the rules; what it is asked for is not.
  const tls = { timeout: CONNECT_MS };
  return () => {
    // There is no telling where the proxy is asked for http: it might be up.
    const line: Line = { isUp: origin.startsWith('http:'), timesUp: 0, onDown: () => {} };
    const dispatcher = new ProxyAgent({
      uri: proxy,
      connections: 1,
      proxyTunnel: false,
      proxyTls: tls,
      requestTls: tls,
      clientFactory: (target, options) => new Pool(target, { ...options, headersTimeout: CONNECT_MS }),
      factory: (target, { connect: connector }: { connect: buildConnector.connector }) => connect(target, connector, line),
    });
    return { dispatcher, line };
  };
}

/** A connector whose errors say that they came before anything was sent, and that says when the line is up and down. */
function watching(connector: buildConnector.connector, line: Line): buildConnector.connector {
  return (options, callback) =>
    connector(options, (...[error, socket]) => {
      if (error) return callback(new ConnectFailure(error), null);
      line.isUp = true;
      line.timesUp += 1;
      socket.once('close', () => {
        line.isUp = false;
        line.onDown();
      });
      callback(null, socket);
    });
}
