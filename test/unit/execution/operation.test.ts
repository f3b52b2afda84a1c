import { runInNewContext } from 'node:vm';

import type { INodeProperties } from 'n8n-workflow';

import { describeResources, findOperation, subtitleOf, type Operation, type Resource } from '../../../nodes/shared/execution/operation';

const property: INodeProperties = { displayName: 'Profile', name: 'profile', type: 'string', default: '' };
const dependent: INodeProperties = {
  displayName: 'Fields',
  name: 'fields',
  type: 'string',
  default: '',
  displayOptions: { show: { output: ['selected'] }, hide: { api: ['old'] } },
};

const operation = (value: string, properties: readonly INodeProperties[]): Operation => ({
  value,
  name: value,
  action: `${value} it`,
  description: `Does ${value}`,
  properties,
  run: async () => [],
});
const get = operation('get', [property, dependent]);
const update = operation('update', [property]);
const RESOURCES: readonly Resource[] = [
  { value: 'profile', name: 'Profile', operations: [get, update], initialOperation: 'get' },
  { value: 'service', name: 'Service', operations: [operation('get', [])], initialOperation: 'get' },
];

const named = (name: string) => describeResources(RESOURCES).filter((candidate) => candidate.name === name);

describe('describeResources', () => {
  it('offers all resources, the first one chosen', () => {
    expect(describeResources(RESOURCES)[0]).toMatchObject({
      name: 'resource',
      noDataExpression: true,
      default: 'profile',
      options: [
        { name: 'Profile', value: 'profile' },
        { name: 'Service', value: 'service' },
      ],
    });
  });

  it('offers the operations of a resource where it is chosen', () => {
    expect(named('operation')).toMatchObject([
      {
        displayOptions: { show: { resource: ['profile'] } },
        default: 'get',
        options: [
          { name: 'get', value: 'get', action: 'get it', description: 'Does get' },
          { name: 'update', value: 'update', action: 'update it', description: 'Does update' },
        ],
      },
      { displayOptions: { show: { resource: ['service'] } }, default: 'get', options: [{ value: 'get' }] },
    ]);
  });

  it('shows the properties of an operation where it is chosen', () => {
    expect(named('profile').map(({ displayOptions }) => displayOptions)).toEqual([
      { show: { resource: ['profile'], operation: ['get'] } },
      { show: { resource: ['profile'], operation: ['update'] } },
    ]);
  });

  it("keeps a property's own conditions", () => {
    expect(named('fields').map(({ displayOptions }) => displayOptions)).toEqual([
      { show: { resource: ['profile'], operation: ['get'], output: ['selected'] }, hide: { api: ['old'] } },
    ]);
  });

  it('does not change the properties, which several operations share', () => {
    const before = JSON.stringify([property, dependent]);
    describeResources(RESOURCES);

    expect(JSON.stringify([property, dependent])).toBe(before);
  });
});

describe('findOperation', () => {
  it('finds what a workflow asks for', () => {
    expect(findOperation(RESOURCES, 'profile', 'update')).toBe(update);
  });

  it.each([
    ['profile', 'delete'],
    ['service', 'update'],
    ['workflow', 'get'],
    [undefined, undefined],
    ['profile', ['get']],
  ])('finds nothing for %j, %j', (resource, name) => {
    expect(findOperation(RESOURCES, resource, name)).toBeUndefined();
  });
});

describe('subtitleOf', () => {
  it.each([
    ['profile', 'update', 'update it'],
    ['service', 'get', 'get it'],
    ['service', 'update', undefined],
  ])('says what %s, %s does', (resource, chosen, expected) => {
    const [, expression = ''] = /^=\{\{(.*)\}\}$/.exec(subtitleOf(RESOURCES)) ?? [];
    // What n8n does with it, near enough: a JavaScript expression that knows $parameter.
    const evaluate = (parameters: object): unknown => runInNewContext(expression, { $parameter: parameters });

    expect(evaluate({ resource, operation: chosen })).toBe(expected);
  });
});
