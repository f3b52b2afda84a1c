import type { INode, INodeParameters } from 'n8n-workflow';

import { startCampaign, type Campaign } from '../support/campaign';
import { savedWorkflows } from '../support/savedWorkflows';

const PACKAGE = 'n8n-nodes-adobe-campaign.';
const SAVED = savedWorkflows();

describe('workflows that earlier versions saved', () => {
  let campaign: Campaign;

  beforeEach(async () => {
    campaign = await startCampaign({ settings: { freshKeys: true }, assumptions: { pendingEventMs: 0, processingEventMs: 0 } });
  });
  afterEach(async () => await campaign.close());

  const isOurs = ({ type }: INode): boolean => type.startsWith(PACKAGE);

  it.each(SAVED)('go on running: $file', async ({ workflow }) => {
    const ours = workflow.nodes.filter(isOurs);
    const [first] = workflow.nodes;
    if (!first || ours.length === 0) throw new Error('There is nothing of this package in it');
    const isPolled = isOurs(first);
    const polled = isPolled ? await campaign.engine.poll(first, { mode: 'manual' }) : null;
    const input = polled?.map(({ json }) => json);
    const result = await campaign.engine.run(workflow, input, undefined, isPolled ? 'trigger' : 'manual');

    expect(result.error).toBeUndefined();
    expect(isPolled ? input : [{}]).toHaveLength(1);
    const ran = ours.filter(({ name }) => name in result.run.data.resultData.runData);
    expect(ran.length).toBeGreaterThan(0);
    for (const { name } of ran) expect([...result.items(name), ...result.items(name, 1)].length).toBeGreaterThan(0);
  });

  it.each(SAVED)('name only parameters that there are: $file', ({ workflow }) => {
    for (const node of workflow.nodes.filter(isOurs)) {
      const { properties } = campaign.engine.nodeType(node.type.slice(PACKAGE.length)).description;
      const { resource, operation } = node.parameters as { resource?: string; operation?: string };
      const known = properties.filter(({ displayOptions }) => {
        const { resource: resources, operation: operations } = displayOptions?.show ?? {};
        const isShown = (values: readonly unknown[] | undefined, value: unknown): boolean => !values || values.includes(value);
        return isShown(resources, resource) && isShown(operations, operation);
      });
      expect(Object.keys(node.parameters).filter((name) => !known.some((property) => property.name === name))).toEqual([]);
      for (const [name, value] of Object.entries(node.parameters)) {
        const named = known.filter((property) => property.name === name);
        if (typeof value === 'string' && !value.startsWith('=') && named.some(({ type }) => type === 'options')) {
          expect(named.flatMap(({ options = [] }) => options.map((option) => 'value' in option && option.value))).toContain(value);
        }
        if (name === 'options') {
          const offered = named.flatMap(({ options = [] }) => options.map((option) => option.name));
          expect(Object.keys(value as INodeParameters).filter((option) => !offered.includes(option))).toEqual([]);
        }
      }
    }
  });
});
