import type { INode, IPollFunctions } from 'n8n-workflow';

import { isObject } from '../campaign/records';
import { Parameters } from './parameters';

/** A step's parameters, as they read for one item or for one poll. */
export abstract class StepParameters extends Parameters {
  abstract readonly node: INode;

  /** n8n gives the tool that it makes of a node for AI agents a name of its own. */
  override get isTool(): boolean {
    return isTool(this.node);
  }

  protected override stored(path: string): unknown {
    return storedIn(this.node, path);
  }
}

/** Whether a step is the tool that n8n makes of a node for AI agents. */
export function isTool({ type }: INode): boolean {
  return type.endsWith('Tool');
}

/** A parameter as it is stored in the workflow, expressions not evaluated. */
export function storedIn({ parameters }: INode, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined), parameters);
}

/** Whether a parameter, as it is stored, has an expression anywhere in it. */
export function hasExpression(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('=');
  if (Array.isArray(value)) return value.some(hasExpression);
  return isObject(value) && Object.values(value).some(hasExpression);
}

/** The parameters of a step that polls: there are no items yet. */
export class PollParameters extends StepParameters {
  override readonly node: INode;
  override readonly zone: string;

  constructor(private readonly context: IPollFunctions) {
    super();
    this.node = context.getNode();
    this.zone = context.getTimezone();
  }

  protected override value(name: string, fallback?: unknown): unknown {
    return this.context.getNodeParameter(name, fallback);
  }
}
