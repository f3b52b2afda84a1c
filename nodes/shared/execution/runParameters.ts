import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import { pathOfOption } from './formerParameters';
import { ASK_ENGINE, columnReader, type ColumnReader } from './reading/simpleExpressions';
import { hasExpression, isTool, storedIn } from './stepParameters';

/** As much of an input item as its parameters are read from. */
interface InputItem {
  readonly index: number;
  readonly json: IDataObject;
}

/**
 * The parameters of a step as they read for the items of one run. What has no expression is the same for every item and is read once,
 * simple expressions are read here, and all others by n8n.
 */
export class RunParameters {
  private readonly constants = new Map<string, unknown>();
  private readonly storedValues = new Map<string, unknown>();
  private readonly paths = new Map<string, string | undefined>();
  private readonly readers = new Map<string, ColumnReader | undefined>();
  private readonly settled = new Map<string, { readonly value: unknown }>();
  /** How often one was read that may read otherwise for the next item. */
  private varyingReads = 0;

  constructor(
    private readonly context: Pick<IExecuteFunctions, 'getNodeParameter'>,
    private readonly node: INode,
  ) {}

  /** Value of a parameter for one item. */
  value(name: string, { index, json }: InputItem, fallback?: unknown): unknown {
    const known = this.constants.get(name);
    if (known !== undefined) return known;
    const reader = this.readerOf(name);
    const mayVary = reader !== undefined || name.includes('[') || hasExpression(this.stored(name));
    if (mayVary) this.varyingReads += 1;
    const read = reader ? reader(json) : ASK_ENGINE;
    if (read !== ASK_ENGINE) return read;
    const value: unknown = this.context.getNodeParameter(name, index, fallback);
    if (!mayVary && value !== undefined) this.constants.set(name, value);
    return value;
  }

  /**
   * What some parameters come to; read once where all of them are the same for every item.
   *
   * @param name is always read by the same `read`
   * @param read looks at parameters, and at nothing else of an item
   */
  settings<Value>(name: string, read: () => Value): Value {
    const known = this.settled.get(name);
    if (known) return known.value as Value;
    const before = this.varyingReads;
    const value = read();
    if (this.varyingReads === before) this.settled.set(name, { value });
    return value;
  }

  /** A tool's input is what an AI agent gives, which is not what expressions see: n8n knows. */
  private readerOf(name: string): ColumnReader | undefined {
    if (!this.readers.has(name)) this.readers.set(name, isTool(this.node) ? undefined : columnReader(this.stored(name)));
    return this.readers.get(name);
  }

  /** A parameter as it is stored in the workflow, expressions not evaluated. */
  stored(path: string): unknown {
    if (!this.storedValues.has(path)) this.storedValues.set(path, storedIn(this.node, path));
    return this.storedValues.get(path);
  }

  /** Where a parameter stands: the same for all items. @param find for the first of them */
  path(name: string, find: () => string | undefined): string | undefined {
    if (!this.paths.has(name)) this.paths.set(name, find());
    return this.paths.get(name);
  }

  /** Whether a parameter reads the same for every item. */
  isConstant(path: string): boolean {
    const [root = path] = path.split('.');
    // Options as a whole may be one expression.
    const all = this.stored(root);
    return !hasExpression(typeof all === 'string' ? all : this.stored(pathOfOption(path, (other) => this.stored(other))));
  }
}
