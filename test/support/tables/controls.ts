import { NodeHelpers, type INodeParameters, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';

/** What somebody sees of one operation before touching anything. */
export interface Controls {
  /** Display names from the top, without the credential. A mapper of fields is one control: its column mode and fields belong to it. */
  readonly names: readonly string[];
  /** How many stand above the fields to write, or all of them where there are none. */
  readonly aboveFields: number;
}

/** The controls of a new step, as n8n decides what to show. */
export function controlsOf(description: INodeTypeDescription, chosen: INodeParameters): Controls {
  return shownBy(description, storedAfterEdit(description, chosen));
}

/** The same while the panel is open: the editor goes on showing by what was stored when it was opened, and what was chosen since. */
export function controlsWhileOpen(description: INodeTypeDescription, chosen: INodeParameters): Controls {
  return shownBy(description, { ...storedAfterEdit(description, chosen), ...chosen });
}

function shownBy(description: INodeTypeDescription, values: INodeParameters): Controls {
  const { properties } = description;
  const step = { typeVersion: 1 };
  const isShown = (property: INodeProperties): boolean =>
    property.type !== 'hidden' && NodeHelpers.displayParameter(values, property, step, description);
  const shown = properties.filter(isShown);
  const fields = shown.findIndex(({ type }) => type === 'resourceMapper');
  return { names: shown.map(({ displayName }) => displayName), aboveFields: fields < 0 ? shown.length : fields };
}

/** What the editor stores of a step's parameters after each change: what is not shown is dropped. */
export function storedAfterEdit(description: INodeTypeDescription, chosen: INodeParameters): INodeParameters {
  return NodeHelpers.getNodeParameters(description.properties, chosen, true, false, { typeVersion: 1 }, description) ?? {};
}
