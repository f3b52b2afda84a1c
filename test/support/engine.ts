import 'reflect-metadata';

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// n8n-core reads these as soon as it is loaded, and writes its settings below the folder.
process.env.N8N_USER_FOLDER ??= mkdtempSync(path.join(tmpdir(), 'adobe-campaign-engine-'));
process.env.N8N_LOG_LEVEL ??= 'silent';
process.env.N8N_ENCRYPTION_KEY ??= 'only-for-the-tests-of-this-package';

import { configureGlobalAxiosDefaults } from '@n8n/backend-network';
import {
  ExecutionLifecycleHooks,
  LoadOptionsContext,
  PackageDirectoryLoader,
  PollContext,
  TriggersAndPollers,
  WorkflowExecute,
} from 'n8n-core';
import {
  createRunExecutionData,
  NodeHelpers,
  Workflow,
  type ICredentialDataDecryptedObject,
  type IConnections,
  type IDataObject,
  type ILoadOptionsFunctions,
  type INode,
  type INodeExecutionData,
  type INodeParameters,
  type INodeType,
  type INodeTypes,
  type IPinData,
  type IRun,
  type ITaskData,
  type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { AGENT } from './agent';
import { InMemoryCredentials, type StoredCredential } from './credentials';

const ROOT = path.resolve(__dirname, '../..');
const PACKAGE = 'n8n-nodes-adobe-campaign';

/** A workflow as n8n exports it. */
export interface WorkflowJson {
  readonly name?: string;
  readonly nodes: INode[];
  readonly connections: IConnections;
  /** What the editor shows in place of a run of these nodes; it counts here as it does there. */
  readonly pinData?: IPinData;
  /** The workflow's time zone; default UTC. */
  readonly timezone?: string;
}

/** What one run of a workflow left behind. */
export interface RunResult {
  readonly run: IRun;
  /** The error that ended the run, if one did. */
  readonly error: (Error & { description?: string | null; context?: IDataObject; httpCode?: string | null }) | undefined;
  /** The last run of a node. @throws when it did not run */
  task(node: string): ITaskData;
  /** Items of a node's output; 0 is the success branch, 1 the error branch. */
  items(node: string, output?: number): INodeExecutionData[];
  json(node: string, output?: number): IDataObject[];
  /** What the output panel says, but for the summary of a run. */
  readonly hints: (node: string) => string[];
  /** The summary of a run of several items; undefined where there is none. */
  readonly summary: (node: string) => string | undefined;
}

/** How n8n asks a step that polls. */
export interface PollOptions {
  /** What n8n stores for the step; replaced after a poll that succeeded, as n8n does. */
  state?: IDataObject;
  /** Default: trigger, as in an active workflow; manual is a test in the editor. */
  readonly mode?: 'trigger' | 'manual';
  /** ms; default: what n8n gives without its scheduler. */
  readonly budget?: number;
  /** Takes what a poll hands over by itself, and tells it the end of the execution. */
  readonly emit?: PollContext['__emit'];
}

/** n8n's engine with this package in it, in the same process: the built package, loaded as n8n loads it. */
export class Engine {
  private constructor(
    private readonly loader: PackageDirectoryLoader,
    private readonly credentials: Map<string, StoredCredential>,
    private readonly others: Readonly<Record<string, INodeType>>,
  ) {}

  /**
   * Loads `dist/` through package.json, as n8n does at its start.
   *
   * @param others node types of other packages by their full name; those that are not here hand their input on
   */
  static async load(others: Readonly<Record<string, INodeType>> = {}): Promise<Engine> {
    configureGlobalAxiosDefaults();
    const loader = new PackageDirectoryLoader(ROOT);
    await loader.loadAll();
    return new Engine(loader, new Map(), others);
  }

  /** The node type as it was loaded. */
  nodeType(name: string): INodeType {
    return NodeHelpers.getVersionedNodeType(this.loader.getNode(name).type);
  }

  /** Stores a credential, or replaces the one with this id. */
  setCredential(id: string, type: string, data: ICredentialDataDecryptedObject): void {
    this.credentials.set(id, { type, data });
  }

  /** The credential as it stands, with what was minted since. */
  credential(id: string): ICredentialDataDecryptedObject {
    return this.credentials.get(id)?.data ?? {};
  }

  /**
   * Runs a workflow to its end.
   *
   * @param input items that the start node gives out; its type does not matter
   * @param signal stops the run as a user would
   * @param mode trigger: as after a poll, whose items come as input; manual: as the Execute button does
   */
  async run(
    workflowJson: WorkflowJson,
    input: IDataObject[] = [{}],
    signal?: AbortSignal,
    mode: 'manual' | 'trigger' = 'manual',
  ): Promise<RunResult> {
    const workflow = this.workflow(workflowJson);
    const start = workflow.getStartNode() ?? workflowJson.nodes[0];
    if (!start) throw new Error('The workflow has no node to start with');
    const additionalData = this.additionalData();
    additionalData.hooks = new ExecutionLifecycleHooks(mode, '1', {
      id: 'test',
      name: 'test',
      active: false,
      isArchived: false,
      activeVersionId: null,
      createdAt: new Date(0),
      updatedAt: new Date(0),
      ...workflowJson,
    });
    const runData = createRunExecutionData({
      resultData: { pinData: workflowJson.pinData },
      executionData: {
        nodeExecutionStack: [{ node: start, data: { main: [input.map((json, item) => ({ json, pairedItem: { item } }))] }, source: null }],
      },
    });
    const execution = new WorkflowExecute(additionalData, mode, runData).processRunExecutionData(workflow);
    signal?.addEventListener('abort', () => execution.cancel(), { once: true });
    return describeRun(await execution);
  }

  /**
   * Polls once, the way n8n does: with a copy of the stored state, which is kept only when nothing was thrown.
   *
   * @returns the items that start the workflow; null when there are none
   */
  async poll(node: INode, options: PollOptions = {}): Promise<INodeExecutionData[] | null> {
    const workflow = this.workflow({ nodes: [node], connections: {} });
    const staged = structuredClone(options.state ?? {});
    const { mode = 'trigger', budget, emit } = options;
    const context = new PollContext(
      workflow,
      node,
      this.additionalData(),
      mode,
      'activate',
      emit,
      undefined,
      undefined,
      undefined,
      () => staged,
      budget === undefined ? undefined : () => budget,
    );
    const output = await new TriggersAndPollers().runPollFunction(workflow, node, context);
    // n8n stores JSON.
    options.state = JSON.parse(JSON.stringify(staged)) as IDataObject;
    return output?.[0] ?? null;
  }

  /** The context in which n8n fills lists and forms of a node in the editor. */
  editor(node: INode): ILoadOptionsFunctions {
    const workflow = this.workflow({ nodes: [node], connections: {} });
    return new LoadOptionsContext(workflow, node, this.additionalData(node.parameters), '');
  }

  private workflow({ nodes, connections, timezone = 'UTC' }: WorkflowJson): Workflow {
    return new Workflow({
      id: 'test',
      nodes,
      connections,
      nodeTypes: this.nodeTypes(),
      active: false,
      settings: { executionOrder: 'v1', timezone },
    });
  }

  private nodeTypes(): INodeTypes {
    const find = (name: string): INodeType => {
      const [packageName, shortName = ''] = name.split('.');
      if (name === AGENT.description.name) return AGENT;
      if (packageName !== PACKAGE) return this.others[name] ?? PASS_ON;
      return shortName.endsWith('Tool') ? asTool(this.nodeType(shortName.slice(0, -'Tool'.length))) : this.nodeType(shortName);
    };
    return {
      getByName: find,
      getByNameAndVersion: find,
      getKnownTypes: () => ({}),
    };
  }

  private additionalData(currentNodeParameters?: INodeParameters): IWorkflowExecuteAdditionalData {
    const data: Partial<IWorkflowExecuteAdditionalData> = {
      credentialsHelper: new InMemoryCredentials((name) => this.loader.getCredential(name).type, this.credentials),
      currentNodeExecutionIndex: 0,
      currentNodeParameters,
      variables: {},
      executionId: '1',
      restApiUrl: '',
      instanceBaseUrl: '',
      // Empty ones make every parameter fail with "Invalid URL".
      webhookBaseUrl: 'http://localhost/webhook',
      webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
      formWaitingBaseUrl: 'http://localhost/form-waiting',
      logAiEvent: () => {},
    };
    return data as IWorkflowExecuteAdditionalData;
  }
}

/** What n8n makes of a node for AI agents at its start: the same node, with another way to be connected. */
function asTool(type: INodeType): INodeType {
  const { name, displayName } = type.description;
  const description = {
    ...type.description,
    name: `${name}Tool`,
    displayName: `${displayName} Tool`,
    inputs: [],
    outputs: ['ai_tool' as const],
    usableAsTool: undefined,
  };
  return Object.assign(Object.create(type) as INodeType, { description });
}

/** Stands in for the nodes of other packages: hands its input on. */
const PASS_ON: INodeType = {
  description: {
    displayName: 'Pass On',
    name: 'passOn',
    group: ['transform'],
    version: 1,
    description: '',
    defaults: { name: 'Pass On' },
    inputs: ['main'],
    outputs: ['main'],
    properties: [],
  },
  async execute() {
    return [this.getInputData()];
  },
};

const SUMMARY = /^[\d,]+ items: /;

function describeRun(run: IRun): RunResult {
  const { runData, error } = run.data.resultData;
  const task = (node: string): ITaskData => {
    const last = runData[node]?.at(-1);
    if (!last) throw new Error(`'${node}' did not run${error ? `: ${error.message} ${error.description ?? ''}` : ''}`);
    return last;
  };
  const messages = (node: string): string[] => (task(node).hints ?? []).map(({ message }) => message);
  const items = (node: string, output = 0): INodeExecutionData[] => task(node).data?.main?.[output] ?? [];
  return {
    run,
    error,
    task,
    items,
    json: (node, output) => items(node, output).map(({ json }) => json),
    hints: (node) => messages(node).filter((message) => !SUMMARY.test(message)),
    summary: (node) => messages(node).find((message) => SUMMARY.test(message)),
  };
}
