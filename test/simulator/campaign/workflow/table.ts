import type { Assumptions } from '../../assumptions';
import type { Clock } from '../../clock';

/** The states that a workflow comes to rest in. `started` and `stopped` were seen by clients; the others are inferred. */
export type WorkflowState = 'editing' | 'started' | 'paused' | 'stopped' | 'finished';

/** What a workflow can be told to do. */
export type WorkflowCommand = 'start' | 'pause' | 'resume' | 'stop';

/** The types that Adobe documents for the parameters of a signal. */
export type ParameterType = 'string' | 'number' | 'boolean' | 'datetime';

/** A signal that an activity took. */
export interface TakenSignal {
  readonly source: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/** One activity. Only an external signal has declared parameters, and an address to trigger it. */
export interface Activity {
  readonly id: number;
  readonly name: string;
  readonly signal: { readonly parameters: Readonly<Record<string, ParameterType>>; readonly taken: TakenSignal[] } | null;
}

interface Transition {
  readonly from: WorkflowState;
  readonly to: WorkflowState;
  /** Simulated time at which `to` is reached, in ms. */
  readonly doneAt: number;
}

const COMMANDS: Readonly<
  Record<WorkflowCommand, { readonly from: readonly WorkflowState[]; readonly to: WorkflowState; readonly meanwhile: string }>
> = {
  start: { from: ['editing', 'stopped', 'finished'], to: 'started', meanwhile: 'starting' },
  pause: { from: ['started'], to: 'paused', meanwhile: 'pausing' },
  resume: { from: ['paused'], to: 'started', meanwhile: 'resuming' },
  stop: { from: ['started', 'paused'], to: 'stopped', meanwhile: 'stopping' },
};

/** One workflow, whose state follows the simulator's clock. */
export class SimulatedWorkflow {
  private transition: Transition;
  private meanwhile = '';

  constructor(
    readonly id: number,
    /** The internal ID, for example `WKF42`, that its address is made of. */
    readonly name: string,
    readonly label: string,
    readonly activities: readonly Activity[],
    state: WorkflowState,
    private readonly clock: Clock,
    private readonly assumptions: Assumptions,
  ) {
    this.transition = { from: state, to: state, doneAt: 0 };
  }

  /** Where it is, or came from while it is on its way. */
  get state(): WorkflowState {
    return this.isOnItsWay ? this.transition.from : this.transition.to;
  }

  /** What an answer shows as its state. */
  get shownState(): string {
    return this.isOnItsWay && this.assumptions.workflowTransitionShows === 'transition' ? this.meanwhile : this.state;
  }

  /** Puts it into a state at once, behind the clients' backs. */
  set(state: WorkflowState): void {
    this.transition = { from: state, to: state, doneAt: 0 };
  }

  /** Does what it is told. @returns whether the command fits the state */
  command(command: WorkflowCommand): boolean {
    const { from, to, meanwhile } = COMMANDS[command];
    if (!from.includes(this.state)) return false;
    this.transition = { from: this.state, to, doneAt: this.clock.milliseconds() + this.assumptions.workflowTransitionMs };
    this.meanwhile = meanwhile;
    return true;
  }

  activity(name: string): Activity {
    const activity = this.activities.find((candidate) => candidate.name === name);
    if (activity === undefined) throw new Error(`${this.name} has no activity ${name}`);
    return activity;
  }

  /** The signals that an activity took, oldest first. @throws Error for an activity that is no signal */
  signalsOf(name: string): readonly TakenSignal[] {
    const { signal } = this.activity(name);
    if (signal === null) throw new Error(`${name} is not a signal`);
    return signal.taken;
  }

  private get isOnItsWay(): boolean {
    return this.clock.milliseconds() < this.transition.doneAt;
  }
}

/** What a new workflow is made of. */
export interface WorkflowPlan {
  readonly name: string;
  readonly label?: string;
  readonly state?: WorkflowState;
  /** Names of the activities that are no signals. */
  readonly activities?: readonly string[];
  /** Signal activities and the parameters they declare. */
  readonly signals?: Readonly<Record<string, Readonly<Record<string, ParameterType>>>>;
}

/** The workflows of an instance, as tests see them too: behind the API and uncounted. */
export class WorkflowTable {
  private readonly workflows: SimulatedWorkflow[] = [];
  private lastActivity = 0;

  constructor(
    private readonly clock: Clock,
    private readonly assumptions: Assumptions,
  ) {
    for (const plan of SEED) this.add(plan);
  }

  add({ name, label = name, state = 'started', activities = [], signals = {} }: WorkflowPlan): SimulatedWorkflow {
    const all: Activity[] = [
      ...activities.map((activity) => ({ id: (this.lastActivity += 1), name: activity, signal: null })),
      ...Object.entries(signals).map(([activity, parameters]) => ({
        id: (this.lastActivity += 1),
        name: activity,
        signal: { parameters, taken: [] },
      })),
    ];
    const workflow = new SimulatedWorkflow(this.workflows.length + 1, name, label, all, state, this.clock, this.assumptions);
    this.workflows.push(workflow);
    return workflow;
  }

  get(id: number): SimulatedWorkflow | undefined {
    return this.workflows.find((workflow) => workflow.id === id);
  }

  find(name: string): SimulatedWorkflow | undefined {
    return this.workflows.find((workflow) => workflow.name === name);
  }

  /** The workflow with this internal ID. @throws Error if there is none */
  byName(name: string): SimulatedWorkflow {
    const workflow = this.find(name);
    if (workflow === undefined) throw new Error(`There is no workflow ${name}`);
    return workflow;
  }
}

const SEED: readonly WorkflowPlan[] = [
  {
    name: 'WKF42',
    label: 'Import contacts',
    activities: ['start', 'load', 'end'],
    signals: { signal1: { audience: 'string', count: 'number', dryRun: 'boolean', at: 'datetime' }, signal2: {} },
  },
  { name: 'WKF43', label: 'Monthly report', state: 'stopped', activities: ['start', 'query'], signals: { signal1: {} } },
];
