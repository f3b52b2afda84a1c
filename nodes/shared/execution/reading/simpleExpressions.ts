import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../campaign/records';

/** Stands for what only n8n's expression engine can say. */
export const ASK_ENGINE = Symbol('ask the engine');

/** Reads a parameter from the columns of an item. */
export type ColumnReader = (json: IDataObject) => unknown;

/** What the editor writes when somebody drags a field onto a parameter: `={{ $json.a.b }}`, `={{ $json["first name"] }}`. */
const DRAGGED = /^=\{\{\s*\$json((?:\.[A-Za-z_$][\w$]*|\["[^"'`\\{}\p{Cc}]+"\]|\['[^"'`\\{}\p{Cc}]+'\])+)\s*\}\}$/u;
const STEP = /\.([\w$]+)|\["([^"]+)"\]|\['([^']+)'\]/gu;

/** Names that n8n does not let expressions use, or that mean something to JavaScript. */
const SPECIAL: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
  '_linkedBinding',
  '_load',
  'binding',
  'callee',
  'defineProperties',
  'defineProperty',
  'dlopen',
  'execve',
  'getBuiltinModule',
  'getOwnPropertyDescriptor',
  'getOwnPropertyDescriptors',
  'getPrototypeOf',
  'loadEnvFile',
  'mainModule',
  'prepareStackTrace',
  'prototype',
  'setPrototypeOf',
  'toJSON',
]);

/** Characters that not every engine hands on as they are. */
const FRAGILE = /[\p{Cs}\0]/u;

/**
 * How to read a parameter without n8n's expression engine, which takes longer for one expression than all the rest for an item. Only
 * what reads the same both ways: fields of the item that are text, a number or a switch.
 *
 * @param stored the parameter as it stands in the workflow, whole objects included
 * @returns undefined where there is nothing to evaluate, or where only the engine can
 */
export function columnReader(stored: unknown): ColumnReader | undefined {
  const reader = readerOf(stored);
  return reader && !reader.isConstant ? reader.read : undefined;
}

interface Reader {
  readonly isConstant: boolean;
  readonly read: ColumnReader;
}

function readerOf(stored: unknown): Reader | undefined {
  if (typeof stored === 'string') return stored.startsWith('=') ? expressionReader(stored) : constantReader(stored);
  if (Array.isArray(stored)) return listReader(stored);
  return isObject(stored) ? objectReader(stored) : constantReader(stored);
}

function constantReader(value: unknown): Reader {
  return { isConstant: true, read: () => value };
}

function expressionReader(expression: string): Reader | undefined {
  const [, steps] = DRAGGED.exec(expression) ?? [];
  if (steps === undefined) return undefined;
  const path = [...steps.matchAll(STEP)].map(([, plain, double, single]) => plain ?? double ?? single ?? '');
  if (path.some((name) => SPECIAL.has(name) || name.startsWith('__') || /constructor/.test(name))) return undefined;
  return { isConstant: false, read: (json) => ownScalar(json, path) };
}

function ownScalar(json: IDataObject, path: readonly string[]): unknown {
  let value: unknown = json;
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return ASK_ENGINE;
    value = value[name];
  }
  const isPlain = typeof value === 'boolean' || Number.isFinite(value) || (typeof value === 'string' && !FRAGILE.test(value));
  return isPlain ? value : ASK_ENGINE;
}

/** Objects and lists are made anew for each item, as n8n makes them. */
function objectReader(stored: IDataObject): Reader | undefined {
  const readers: Array<readonly [string, ColumnReader]> = [];
  let isConstant = true;
  for (const [name, value] of Object.entries(stored)) {
    const reader = name === '__proto__' ? undefined : readerOf(value);
    if (!reader) return undefined;
    isConstant &&= reader.isConstant;
    readers.push([name, reader.read]);
  }
  const read = (json: IDataObject): unknown => {
    const object: Record<string, unknown> = {};
    for (const [name, readValue] of readers) {
      const value = readValue(json);
      if (value === ASK_ENGINE) return ASK_ENGINE;
      object[name] = value;
    }
    return object;
  };
  return { isConstant, read };
}

function listReader(stored: readonly unknown[]): Reader | undefined {
  const readers = stored.map(readerOf);
  const known = readers.filter((reader) => reader !== undefined);
  if (known.length < readers.length) return undefined;
  const read = (json: IDataObject): unknown => {
    const list = known.map((reader) => reader.read(json));
    return list.includes(ASK_ENGINE) ? ASK_ENGINE : list;
  };
  return { isConstant: known.every((reader) => reader.isConstant), read };
}
