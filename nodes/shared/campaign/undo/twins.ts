import { readableFields } from '../fields/readableFields';
import type { Trail } from './readTrails';
import { alreadyRestored, leftAlone, type Undoing, type UndoResult } from './undoing';
import { fieldsUnlikeBefore, undoRemoval } from './undoRemoval';

/**
 * Records with one email that were deleted together: each of them is created again, though there is one with its email by then. What of
 * them is back already tells their content alone, so they are judged together, before the first one is created.
 */
export class Twins {
  private fates: Promise<ReadonlyMap<Trail, UndoResult>> | undefined;
  private readonly trails: readonly Trail[];

  /** @param trails of one record, as far as its email tells, the newest first */
  constructor(trails: readonly Trail[]) {
    this.trails = trails.filter(({ done, twins }) => done === 'deleted' && Number(twins) > 1);
  }

  get areAny(): boolean {
    return this.trails.length > 0;
  }

  has(trail: Trail): boolean {
    return this.trails.includes(trail);
  }

  /** @throws CampaignError as `undoRemoval` does */
  async undo(undoing: Undoing, trail: Trail): Promise<UndoResult> {
    this.fates ??= this.judge(undoing, trail);
    return (await this.fates).get(trail) ?? (await undoRemoval(undoing, trail, this.trails.indexOf(trail)));
  }

  /** What becomes of those that are not to be created: they are back, or somebody else has their email by now. */
  private async judge(undoing: Undoing, trail: Trail): Promise<ReadonlyMap<Trail, UndoResult>> {
    const { client, resource, rules, finder } = undoing;
    const catalogue = await readableFields(client, resource.api, resource.name, rules.warn);
    const others = await finder.findAll(finder.lastingReference(trail, resource), resource, 'all');
    const fates = new Map<Trail, UndoResult>();
    for (const twin of this.trails) {
      for (const [index, { record }] of others.entries()) {
        if ((await fieldsUnlikeBefore(undoing, catalogue, twin, record)).length > 0) continue;
        fates.set(twin, alreadyRestored(record));
        others.splice(index, 1);
        break;
      }
    }
    const [other] = others;
    if (!other) return fates;
    for (const twin of this.trails) {
      if (!fates.has(twin)) fates.set(twin, leftAlone(await fieldsUnlikeBefore(undoing, catalogue, twin, other.record), other.record));
    }
    return fates;
  }
}
