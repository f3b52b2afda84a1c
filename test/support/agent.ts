import type { IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';

/** An AI agent that has made up its mind: calls its one tool with what each item says, and returns what the tool said. */
export const AGENT: INodeType = {
  description: {
    displayName: 'Agent',
    name: 'test.agent',
    group: ['transform'],
    version: 1,
    description: '',
    defaults: { name: 'Agent' },
    inputs: ['main', { type: 'ai_tool' }],
    outputs: ['main'],
    properties: [],
  },
  async execute() {
    const connected: unknown = await this.getInputConnectionData('ai_tool', 0);
    const [tool] = [connected].flat() as Array<{ name: string; description: string; invoke(input: IDataObject): Promise<string> }>;
    if (!tool) throw new Error('The agent has no tool');
    const results: INodeExecutionData[] = [];
    for (const { json } of this.getInputData()) {
      results.push({ json: { name: tool.name, description: tool.description, answer: await tool.invoke(json) } });
    }
    return [results];
  },
};
