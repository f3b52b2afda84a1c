import type { IDataObject } from 'n8n-workflow';

import { isOfSubscription } from '../actions/subscriptions';
import type { CampaignClient } from '../client';
import { CampaignError, invalidInput } from '../error';
import { Stint } from '../../transport/turns';
import type { CampaignInstance } from '../instance';
import type { CampaignResource } from '../urls';
import { undoneTogether } from './backAlready';
import { readTrails, type Trail, type TrailReading } from './readTrails';
import { RecordFinder, recordKeysIn, type CreationMemory } from './recordFinder';
import { groupTrails, isOf, type GivenTrail, type TrailGroup } from './trailGroups';
import { Twins } from './twins';
import { undoCreation } from './undoCreation';
import { alreadyRestored, type Undoing, type UndoResult, type UndoRules } from './undoing';
import { undoOptOut } from './undoOptOut';
import { undoRemoval } from './undoRemoval';
import { undoSubscription } from './undoSubscription';
import { undoUpdate } from './undoUpdate';

/** How one trail ended. */
export type UndoEnd = { readonly trail: Trail; readonly result: UndoResult } | { readonly trail: Trail; readonly error: unknown };

/** All trails of a run, by the items that they came with and by the records that they are about. */
export class UndoPlan {
  private readonly ends = new Map<Trail, Promise<UndoEnd>>();

  private constructor(
    private readonly how: { readonly rules: UndoRules; readonly reading: TrailReading },
    /** What came with each item; undefined where something is wrong with it. */
    private readonly given: ReadonlyArray<readonly Trail[] | undefined>,
    private readonly groups: ReadonlyMap<Trail, TrailGroup>,
    private readonly yieldTurn: () => Promise<void>,
  ) {}

  /**
   * Reads all trails before the first one is undone.
   *
   * @param inputs all items of the run
   * @throws TransportError `cancelled` when the workflow is stopped meanwhile
   */
  static async read(inputs: Iterable<IDataObject>, reading: TrailReading, rules: UndoRules, signal?: AbortSignal): Promise<UndoPlan> {
    const stint = new Stint();
    const yieldTurn = async (): Promise<void> => await stint.stepOrYield(signal);
    const given: Array<readonly Trail[] | undefined> = [];
    const all: GivenTrail[] = [];
    for (const input of inputs) {
      await yieldTurn();
      const trails = await readIfWhole(input, reading, yieldTurn);
      given.push(trails);
      for (const trail of trails ?? []) all.push({ trail, index: all.length });
    }
    return new UndoPlan({ rules, reading }, given, await groupTrails(all, yieldTurn), yieldTurn);
  }

  /** The trails of one item, as it was given. @throws CampaignError `invalidInput` saying what is wrong with it */
  async trailsOf(index: number, input: IDataObject): Promise<readonly Trail[]> {
    return this.given[index] ?? (await readTrails(input, this.how.reading, this.yieldTurn));
  }

  /** What other writes to the record of a trail wait for, in this process. */
  orderKeysOf(trail: Trail, instance: CampaignInstance): string[] {
    return [...new Set(this.groups.get(trail)?.trails.flatMap(({ trail: one }) => recordKeysIn(instance, one)))];
  }

  /** What waits for each other: the trails of one record. */
  groupOf(trail: Trail): string {
    return this.groups.get(trail)?.key ?? '';
  }

  /** Undoes a trail, and before it all newer ones of its record. Each is asked for once: what became of it is not kept any longer. */
  async undo(trail: Trail, client: CampaignClient, resource: CampaignResource, memory: CreationMemory): Promise<UndoEnd> {
    await this.yieldTurn();
    // Whoever came first has undone the whole group.
    if (!this.ends.has(trail)) await this.undoGroup(trail, client, resource, memory);
    const end = this.ends.get(trail);
    this.ends.delete(trail);
    return await (end ?? Promise.reject(new Error('The trail is not of this run')));
  }

  private async undoGroup(trail: Trail, client: CampaignClient, resource: CampaignResource, memory: CreationMemory): Promise<void> {
    const finder = new RecordFinder(client, this.how.rules.matchBy, memory);
    const trails = this.groups.get(trail)?.trails.map(({ trail: one }) => one) ?? [];
    const twins = new Twins(trails);
    const undoing = (one: Trail): Undoing => ({ client, resource: { ...resource, api: one.api }, rules: this.how.rules, finder, twins });
    const removal = trails.filter(({ done }) => done === 'deleted').at(-1);
    if (removal && !twins.areAny) await this.passOver(undoing(removal), trails);
    for (const one of trails) {
      const end = this.ends.get(one) ?? this.undoOne(one, undoing(one), resource);
      this.ends.set(one, end);
      await end;
    }
  }

  /** Leaves out what an earlier run has undone. What is wrong with a trail is told when its turn comes. */
  private async passOver(undoing: Undoing, trails: readonly Trail[]): Promise<void> {
    const { organization } = undoing.client.instance;
    if (!trails.every((one) => one.organization === organization && isOf(one, undoing.resource))) return;
    const undone = await undoneTogether(undoing, trails).catch(toldLater([]));
    for (const one of undone) if (!this.ends.has(one)) this.ends.set(one, Promise.resolve({ trail: one, result: alreadyRestored() }));
  }

  private async undoOne(trail: Trail, undoing: Undoing, wanted: CampaignResource): Promise<UndoEnd> {
    return await undoTrail(trail, undoing, wanted).then(
      (result) => ({ trail, result }),
      (error: unknown) => ({ trail, error }),
    );
  }
}

/** @throws CampaignError `invalidInput` for a trail of something else */
async function undoTrail(trail: Trail, undoing: Undoing, wanted: CampaignResource): Promise<UndoResult> {
  const { organization } = undoing.client.instance;
  if (trail.organization !== organization) {
    throw invalidInput(
      `The trail is of organization '${trail.organization}', but the credential opens '${organization}'`,
      'Nothing was undone for this item. Use the credential that the write was made with.',
    );
  }
  if (!isOf(trail, wanted)) {
    throw invalidInput(
      `The trail is of a ${trail.resource}, and not of a ${wanted.name}`,
      'Nothing was undone for this item. Choose the resource that it was written to.',
    );
  }
  switch (trail.done) {
    case 'created':
      return await undoCreation(undoing, trail);
    case 'deleted':
      return await (undoing.twins.has(trail) ? undoing.twins.undo(undoing, trail) : undoRemoval(undoing, trail));
    case 'subscribed':
    case 'unsubscribed':
      return await undoSubscription(undoing, trail);
    case 'updated':
    case 'unchanged':
      return isOptOut(trail) ? await undoOptOut(undoing, trail) : await undoUpdate(undoing, trail);
  }
}

/** Records of other resources may have a field of that name. */
function isOptOut({ resource, changes }: Trail): boolean {
  return resource === 'profile' && changes.some(isOfSubscription);
}

/**
 * What is wrong is told when the turn of the item comes: until then, 100,000 errors with their stacks would be too much to keep.
 *
 * @throws TransportError `cancelled`
 */
async function readIfWhole(input: IDataObject, reading: TrailReading, yieldTurn: () => Promise<void>): Promise<Trail[] | undefined> {
  return await readTrails(input, reading, yieldTurn).catch(toldLater(undefined));
}

/** For `catch`: takes a value where something is wrong with a trail, which is found again when its turn comes; a stop goes on. */
function toldLater<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof CampaignError) return value;
    throw error;
  };
}
