import { onCampaignStandard } from '../../shared/campaign/actions/campaignStandard';
import { CampaignError, invalidInput } from '../../shared/campaign/error';
import { hrefIn, parseJson } from '../../shared/campaign/records';
import { recordByUrl } from '../../shared/campaign/find/references';
import type { CampaignInstance } from '../../shared/campaign/instance';
import { followableUrl, pathBelow } from '../../shared/campaign/urls';
import type { Operation } from '../../shared/execution/operation';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { PRIVACY_REQUESTS } from './privacyRequests';

/** POST for the data file of a completed request (Adobe: "Creating a privacy request"). */
export const getDataFile: Operation = {
  value: 'getDataFile',
  name: 'Get Data File',
  action: 'Get data file of legacy privacy request',
  description: 'Retrieve what a completed access request has collected (Campaign Standard only, deprecated on v8)',
  asksByPost: true,
  properties: [
    {
      displayName: 'Request URL',
      name: 'requestUrl',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. {{ $json.href }}',
      description: "The address of the privacy request that Campaign returned as 'href'",
    },
    optionsProperty(),
  ],

  async run(client, item) {
    const requestUrl = item.text('requestUrl', 'Request URL');
    const { url, shown } = recordByUrl(client.instance, { name: 'privacyTool', apis: ['privacy'] }, requestUrl, 'Request URL');
    return await onCampaignStandard(PRIVACY_REQUESTS, async () => {
      const request = await client.retrieve(url, `privacy request with ${shown}`);
      const file = hrefIn(request.privacyRequestData);
      if (request.type === 'delete')
        throw invalidInput('A privacy request of type delete has no data file', 'Give the URL of an access request.');
      if (file === undefined) throw notReady(request.status);
      const answer = await client.command(dataFileUrl(client.instance, file), { name: request.name }, 'data file', ['name']);
      const data = parseJson(answer ?? '');
      return [{ name: request.name, status: request.status, data: typeof data === 'string' ? data : (answer ?? '') }];
    });
  },
};

/** @throws CampaignError `unreadableAnswer` for what is sent elsewhere would do something else there */
function dataFileUrl(instance: CampaignInstance, href: string): string {
  const url = followableUrl(instance, href, "Campaign's address of the data file");
  if (pathBelow(instance, url).startsWith('privacy/')) return url.href;
  throw new CampaignError({
    reason: 'unreadableAnswer',
    message: "Campaign's address of the data file is not one of a privacy request",
    description: "Nothing was sent. Something between n8n and Adobe may be answering in Campaign's place.",
  });
}

function notReady(status: unknown): CampaignError {
  return new CampaignError({
    reason: 'rejected',
    message: `The privacy request has no data file: its status is '${String(status)}'`,
    description: "Try again once its status is 'complete'. With 'errorDataNotFound', Campaign knows nothing about the person.",
    facts: { status },
  });
}
