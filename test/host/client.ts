import { parseFlatted } from './support/flatted';
import { poll } from './support/poll';
import { HostRequestFailure, Rest, type SessionCookie } from './support/rest';

/** A credential with chosen values; `id` is chosen by n8n when left out. */
export interface CredentialRecord {
  id?: string;
  name: string;
  type: string;
  data: Record<string, unknown>;
}

/** A workflow in n8n's own export format, as far as it is of interest here. */
export interface WorkflowRecord {
  id?: string;
  name: string;
  nodes: Array<{ name: string; type: string; [field: string]: unknown }>;
  connections: Record<string, unknown>;
  settings?: Record<string, unknown>;
  pinData?: Record<string, unknown>;
}

/** One item that a node put out. */
export interface OutputItem {
  json: Record<string, unknown>;
  pairedItem?: unknown;
}

/** What one run of one node did. */
export interface NodeRun {
  executionStatus: string;
  executionTime: number;
  error?: { message: string; description?: string; [field: string]: unknown };
  hints?: Array<{ message: string; type?: string }>;
  data?: { main?: Array<OutputItem[] | null> };
}

/** A finished execution. `nodeRuns` holds, by node name, one entry for each time the node ran. */
export interface Execution {
  id: string;
  status: string;
  error?: { message: string; [field: string]: unknown };
  nodeRuns: Record<string, NodeRun[]>;
}

/** Execution as n8n stores it. */
interface StoredExecution {
  id: string;
  status: string;
  data: string;
}
interface ExecutionData {
  resultData?: { error?: Execution['error']; runData?: Record<string, NodeRun[]> };
}

const endStates = new Set(['success', 'error', 'crashed', 'canceled']);

/** Does over n8n's REST interface what a person does in its editor. Failures are HostRequestFailure. */
export class HostClient {
  constructor(readonly rest: Rest) {}

  /** Signs in; see `Rest.signIn` about how often that is possible. */
  static async signIn(url: string, account: { email: string; password: string }): Promise<HostClient> {
    return new HostClient(await Rest.signIn(url, account));
  }

  /** Goes on with a session that exists. */
  static resume(cookie: SessionCookie): HostClient {
    return new HostClient(Rest.resume(cookie));
  }

  /** Every node type in the nodes panel, with its full description. */
  async nodeTypes(): Promise<Array<{ name: string; displayName: string; [field: string]: unknown }>> {
    return await this.rest.get('/types/nodes.json');
  }

  /** Every credential type, with its full description. */
  async credentialTypes(): Promise<Array<{ name: string; displayName: string; [field: string]: unknown }>> {
    return await this.rest.get('/types/credentials.json');
  }

  /** What Settings > Community nodes lists. */
  async installedPackages(): Promise<
    Array<{
      packageName: string;
      installedVersion: string;
      failedLoading?: boolean;
      installedNodes: Array<{ name: string; type: string }>;
    }>
  > {
    return await this.rest.get('/rest/community-packages');
  }

  /** Has n8n install a community package, as the button in Settings > Community nodes does. */
  async installPackage(name: string, version: string): Promise<void> {
    await this.rest.post('/rest/community-packages', { name, version });
  }

  /** Stores a credential; n8n chooses its id. */
  async createCredential(credential: CredentialRecord): Promise<{ id: string; name: string }> {
    const { name, type, data } = credential;
    return await this.rest.post('/rest/credentials', { name, type, data });
  }

  /**
   * Presses the Test button of a stored credential.
   * @param change what somebody has entered since it was stored
   */
  async testCredential(id: string, change: Record<string, unknown> = {}): Promise<{ status: 'OK' | 'Error'; message: string }> {
    // As the editor does: read it (secrets come blanked out), send it back, and n8n fills the secrets in again.
    const { name, type, data } = await this.rest.get<CredentialRecord>(`/rest/credentials/${id}?includeData=true`);
    return await this.rest.post('/rest/credentials/test', { credentials: { id, name, type, data: { ...data, ...change } } });
  }

  /** Tells whether a workflow with this id exists, archived or not. */
  async workflowExists(id: string): Promise<boolean> {
    const path = `/rest/workflows/${encodeURIComponent(id)}`;
    const isThere = async (question: Promise<boolean>): Promise<boolean | 'unknown'> =>
      await question.catch((error: unknown) => {
        if (error instanceof HostRequestFailure && [403, 404].includes(error.status)) return 'unknown';
        throw error;
      });
    // Before n8n 1.123 the question has no address of its own.
    const told = await isThere(this.rest.get<{ exists: boolean }>(`${path}/exists`).then(({ exists }) => exists));
    return (told === 'unknown' ? await isThere(this.rest.get(path).then(() => true)) : told) === true;
  }

  /** Stores a workflow under its own id, or one that n8n chooses. It is not activated. */
  async createWorkflow(workflow: WorkflowRecord): Promise<{ id: string }> {
    // n8n runs no single step of a workflow that was stored without a place for pinned data.
    const { id, name, nodes, connections, settings = { executionOrder: 'v1' }, pinData = {} } = workflow;
    return await this.rest.post('/rest/workflows', { id, name, active: false, nodes, connections, settings, pinData });
  }

  /**
   * Runs a stored workflow as the Execute button does, and waits for its end.
   * @param workflowId workflow to run
   * @param options trigger: name of the node to start from (the workflow's manual trigger when left out);
   *   withinMs: how long the run may take, everyMs: how often to look whether it has ended, both in milliseconds
   * @returns what every node did; a failed run is a result, not an exception
   */
  async run(workflowId: string, options: { trigger?: string; withinMs?: number; everyMs?: number } = {}): Promise<Execution> {
    const { withinMs = 60_000, everyMs } = options;
    const id = await this.start(workflowId, options.trigger);
    const ended = await poll(
      async () => {
        const execution = await this.execution(id);
        return endStates.has(execution.status) ? execution : undefined;
      },
      { withinMs, everyMs },
    );
    if (ended === undefined) throw new Error(`Execution ${id} of workflow ${workflowId} did not end within ${withinMs} ms.`);
    return ended;
  }

  /**
   * Starts a stored workflow as the Execute button does.
   * @param trigger name of the node to start from; the workflow's manual trigger when left out
   * @returns the id of the execution
   */
  async start(workflowId: string, trigger?: string): Promise<string> {
    const workflow = await this.rest.get<WorkflowRecord>(`/rest/workflows/${workflowId}`);
    const started = await this.rest.post<{ executionId?: string }>(`/rest/workflows/${workflowId}/run`, {
      // Old versions run what they are sent, new ones what they have stored.
      workflowData: workflow,
      triggerToStartFrom: { name: trigger ?? this.manualTrigger(workflow) },
    });
    if (started.executionId === undefined) throw new Error(`n8n did not start workflow ${workflowId}: ${JSON.stringify(started)}`);
    return started.executionId;
  }

  /** What has become of an execution so far; `status` tells whether it has ended. */
  async execution(id: string): Promise<Execution> {
    const stored = await this.rest.get<StoredExecution>(`/rest/executions/${id}`).catch((error: unknown) => {
      // n8n 2.20 cannot show an execution that has stored nothing yet.
      if (error instanceof HostRequestFailure && error.status === 500) return { status: 'unknown', data: '[null]' };
      throw error;
    });
    // While it runs there may be nothing yet.
    const { resultData } = (parseFlatted(stored.data) ?? {}) as ExecutionData;
    return { id, status: stored.status, error: resultData?.error, nodeRuns: resultData?.runData ?? {} };
  }

  /** Stops an execution as the Stop button does. */
  async stop(id: string): Promise<void> {
    await this.rest.post(`/rest/executions/${id}/stop`);
  }

  /** Switches a stored workflow on, as its toggle does: its triggers start it from now on. */
  async activate(workflowId: string): Promise<void> {
    await this.setActive(workflowId, true);
  }

  /** Switches a workflow off. */
  async deactivate(workflowId: string): Promise<void> {
    await this.setActive(workflowId, false);
  }

  private async setActive(workflowId: string, active: boolean): Promise<void> {
    const path = `/rest/workflows/${workflowId}`;
    const { versionId } = await this.rest.get<{ versionId: string }>(path);
    await this.rest.post(`${path}/${active ? 'activate' : 'deactivate'}`, { versionId }).catch(async (error: unknown) => {
      if (!(error instanceof HostRequestFailure) || error.status !== 404) throw error;
      // Before n8n 1.123 it is a field of the workflow.
      await this.rest.patch(path, { active, versionId });
    });
  }

  private manualTrigger({ id: workflowId, nodes }: WorkflowRecord): string {
    const trigger = nodes.find((node) => node.type === 'n8n-nodes-base.manualTrigger');
    if (trigger === undefined) throw new Error(`Workflow ${workflowId} has no manual trigger: name the trigger to start from.`);
    return trigger.name;
  }
}
