import type { INodeProperties } from 'n8n-workflow';

/**
 * Lets what is stored for collections through as it is. n8n builds a collection anew from its known options before a step
 * runs: an expression in place of the whole collection is gone by then, and nobody can tell it from an empty one. A hidden
 * property of the same name behind it is copied as it is stored (n8n-workflow: `getNodeParameters`).
 *
 * @returns the properties, each collection followed by its hidden twin
 */
export function withStoredCollections(properties: readonly INodeProperties[]): INodeProperties[] {
  return properties.flatMap((property) => {
    return property.type === 'collection' || property.type === 'fixedCollection' ? [property, hiddenTwin(property)] : [property];
  });
}

/** A hidden property that takes what is stored for a collection. */
export function hiddenTwin({ displayName, name, description, displayOptions }: INodeProperties): INodeProperties {
  return { displayName, name, type: 'hidden', default: {}, description, displayOptions };
}
