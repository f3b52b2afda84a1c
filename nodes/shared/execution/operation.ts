import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { CampaignClient } from '../campaign/client';
import type { Item } from './item';
import { withFormerParameters } from './formerParameters';
import { previewProperty } from './runOptions';
import { withStoredCollections } from './storedCollections';

/**
 * One operation of a resource, from its line in the dropdown to its work. It reads its parameters from the item and
 * calls the client: no loop over items, no try/catch, no HTTP.
 */
export interface Operation {
  readonly value: string;
  readonly name: string;
  /** Sentence case, without articles, with the resource: n8n lists it in the nodes panel and names AI tools after it. */
  readonly action: string;
  readonly description: string;
  readonly properties: readonly INodeProperties[];
  /**
   * Whether it changes anything in Campaign. Then it has the switch 'Preview', and must honor `client.preview`; everything that does
   * not say so can send nothing but GET.
   */
  readonly writes?: boolean;
  /**
   * Whether doing it again does more: another record, another message. With n8n's *Retry On Fail*, what may have been done is then not
   * done again.
   */
  readonly addsEachTime?: boolean;
  /** Whether it asks Campaign with a POST, which changes nothing. */
  readonly asksByPost?: boolean;
  /**
   * @returns the output items of one input item
   * @throws CampaignError
   */
  run(client: CampaignClient, item: Item): Promise<IDataObject[]>;
}

/** A resource and its operations in alphabetical order. */
export interface Resource {
  readonly value: string;
  readonly name: string;
  readonly operations: readonly Operation[];
  /** The operation of a new step: one that changes nothing. */
  readonly initialOperation: string;
}

/** The Resource and Operation dropdowns and all properties of all operations: what the editor shows is what can run. */
export function describeResources(resources: readonly Resource[]): INodeProperties[] {
  const initially = resources[0]?.value ?? '';
  return [
    {
      displayName: 'Resource',
      name: 'resource',
      type: 'options',
      noDataExpression: true,
      options: resources.map(({ name, value }) => ({ name, value })),
      default: initially,
    },
    ...resources.map(describeOperations),
    ...resources.flatMap((resource) =>
      resource.operations.flatMap((operation) =>
        withStoredCollections(withFormerParameters(propertiesOf(operation))).map((property) => showFor(resource, operation, property)),
      ),
    ),
  ];
}

function propertiesOf({ writes, properties }: Operation): readonly INodeProperties[] {
  return writes ? [previewProperty, ...properties] : properties;
}

/** Names of what an operation shows under Options; undefined where it has no such collection. */
export function optionsOf({ properties }: Operation): ReadonlySet<string> | undefined {
  const options = properties.find(({ name, type }) => name === 'options' && type === 'collection')?.options;
  return options && new Set(options.map(({ name }) => name));
}

/**
 * What the canvas shows below a step: the action in words, e.g. `Update profile`, or `Preview: update profile`.
 *
 * @returns an expression, as n8n wants it for `subtitle`
 */
export function subtitleOf(resources: readonly Resource[]): string {
  const operations = resources.flatMap((resource) =>
    resource.operations.map((operation) => ({ ...operation, key: `${resource.value} ${operation.value}` })),
  );
  const actions = Object.fromEntries(operations.map(({ key, action }) => [key, action]));
  const previews = Object.fromEntries(
    operations
      .filter(({ writes }) => writes)
      .map(({ key, action }) => [key, `Preview: ${action.charAt(0).toLowerCase()}${action.slice(1)}`]),
  );
  const key = '[$parameter["resource"] + " " + $parameter["operation"]]';
  return `={{ ($parameter["preview"] && (${JSON.stringify(previews)})${key}) || (${JSON.stringify(actions)})${key} }}`;
}

/**
 * Finds the operation that a workflow asks for.
 *
 * @returns undefined when the workflow was made with another version of this package
 */
export function findOperation(resources: readonly Resource[], resource: unknown, operation: unknown): Operation | undefined {
  return resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
}

function describeOperations(resource: Resource): INodeProperties {
  const { initialOperation } = resource;
  return {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: [resource.value] } },
    options: resource.operations.map(({ name, value, action, description }): INodePropertyOptions => ({
      name,
      value,
      action,
      description,
    })),
    default: initialOperation,
  };
}

function showFor(resource: Resource, operation: Operation, property: INodeProperties): INodeProperties {
  return {
    ...property,
    displayOptions: {
      ...property.displayOptions,
      show: { resource: [resource.value], operation: [operation.value], ...property.displayOptions?.show },
    },
  };
}
