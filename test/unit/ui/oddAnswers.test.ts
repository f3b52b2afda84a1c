import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { AdobeCampaign } from '../../../nodes/AdobeCampaign/AdobeCampaign.node';
import { AdobeCampaignProfile } from '../../../nodes/AdobeCampaignProfile/AdobeCampaignProfile.node';
import { AdobeCampaignProfileTrigger } from '../../../nodes/AdobeCampaignProfileTrigger/AdobeCampaignProfileTrigger.node';
import { METADATA, ROOT } from '../support/campaign';
import { fakeEditor, helperAnswer } from '../support/context';
import { ODD_ANSWERS } from '../support/odd/answers';

type Method = (this: ILoadOptionsFunctions, typed?: string) => Promise<unknown>;

/** Everything that fills lists and forms, by node and name. */
const METHODS = [new AdobeCampaign(), new AdobeCampaignProfile(), new AdobeCampaignProfileTrigger()].flatMap(({ description, methods }) =>
  Object.values(methods).flatMap((group) =>
    Object.entries(group as Record<string, Method>).map(([name, method]) => [`${description.name} ${name}`, method] as const),
  ),
);

const EDITED: readonly IDataObject[] = [
  { resource: 'service', operation: 'update', 'options.api': 'profileAndServices' },
  { resource: 'customResource', operation: 'upsert', customResource: 'cusOrder', 'options.api': 'customResources' },
  { resource: 'profile', operation: 'create', workflowId: 'WKF42' },
];

/** What can be chosen has a name, and a value that is not blank; a remark has a switch for one. */
function isSound(line: unknown): boolean {
  const { name, value } = line as IDataObject;
  return typeof name === 'string' && name !== '' && value !== '' && value !== undefined && value !== null;
}

function linesOf(answer: unknown): unknown[] {
  if (Array.isArray(answer)) return answer as unknown[];
  const { results, fields } = answer as IDataObject;
  return (results ?? (fields as IDataObject[]).map(({ id, displayName }) => ({ name: displayName, value: id }))) as unknown[];
}

describe.each(METHODS)('%s', (_name, method) => {
  it.each<[string, boolean]>([
    ['of everything', false],
    ['of the list, where the description is sound', true],
  ])('shows what can be chosen, or says in words what is wrong, in the place %s', async (_where, isDescribed) => {
    const wrong: string[] = [];
    for (const parameters of EDITED) {
      for (const [what, odd] of ODD_ANSWERS.filter(([, { body }]) => body !== '' && !body.startsWith('{"content":[{"PKey":"@a"'))) {
        const context = fakeEditor(parameters, async (_type, options) => {
          const { url } = options as { url: string };
          const described = { ...METADATA, filters: { href: `${ROOT}/profileAndServices/resourceType/@f/filters/` } };
          return isDescribed && /\/resourceType\/\w+$/.test(url) ? helperAnswer(described) : helperAnswer(odd.body, odd.status);
        });
        await method.call(context, 'a').then(
          (answer) => {
            for (const line of linesOf(answer)) if (!isSound(line)) wrong.push(`${what}: ${JSON.stringify(line)}`);
          },
          (error: unknown) => {
            if (!(error instanceof NodeOperationError)) wrong.push(`${what}: ${String(error)}`);
          },
        );
      }
    }
    expect(wrong).toEqual([]);
  });
});
