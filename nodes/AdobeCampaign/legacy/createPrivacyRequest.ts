import { onCampaignStandard } from '../../shared/campaign/actions/campaignStandard';
import { asNew } from '../../shared/campaign/fields/plannedChanges';
import { listPageUrl } from '../../shared/campaign/urls';
import type { Operation } from '../../shared/execution/operation';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { changeList } from '../../shared/ui/record/changeList';
import { PRIVACY_REQUESTS, privacyRequestsUrl } from './privacyRequests';

const ADVICE = 'Nothing was sent. A privacy request needs both.';

/** POST of a privacy request (Adobe: "Creating a privacy request"). */
export const createPrivacyRequest: Operation = {
  value: 'createPrivacyRequest',
  name: 'Create Privacy Request',
  action: 'Create legacy privacy request',
  description: 'Ask for the data of a person, or for its deletion (Campaign Standard only, deprecated on v8)',
  writes: true,
  addsEachTime: true,
  properties: [
    {
      displayName: 'Request Type',
      name: 'type',
      type: 'options',
      options: [
        { name: 'Access', value: 'access', description: 'Collect what is stored about the person in a file' },
        { name: 'Delete', value: 'delete', description: 'Delete what is stored about the person' },
      ],
      default: 'access',
      description: 'What is asked for',
    },
    {
      displayName: 'Regulation',
      name: 'regulation',
      type: 'options',
      options: [
        { name: 'CCPA', value: 'ccpa', description: 'California Consumer Privacy Act' },
        { name: 'GDPR', value: 'gdpr', description: 'General Data Protection Regulation' },
        { name: 'LGPD', value: 'lgpd', description: 'Lei Geral de Proteção de Dados' },
        { name: 'PDPA', value: 'pdpa', description: 'Personal Data Protection Act' },
      ],
      default: 'gdpr',
      description: 'The law that the request rests on',
    },
    {
      displayName: 'Namespace',
      name: 'namespaceName',
      type: 'string',
      default: 'defaultNamespace1',
      required: true,
      placeholder: 'e.g. defaultNamespace1',
      description: 'The name of the namespace in Campaign, which says which field identifies the person',
    },
    {
      displayName: 'Reconciliation Value',
      name: 'reconciliationValue',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. name@email.com',
      description: 'What that field has for the person, e.g. an email',
    },
    optionsProperty(
      {
        displayName: 'Label',
        name: 'label',
        type: 'string',
        default: '',
        placeholder: 'e.g. Request of Ida Berg',
        description: 'What the request is called in Campaign',
      },
      {
        displayName: 'Name',
        name: 'name',
        type: 'string',
        default: '',
        placeholder: 'e.g. PT900',
        description: 'The internal name. Without this option, Campaign makes one.',
      },
    ),
  ],

  async run(client, item) {
    const type = item.choice('type', 'Request Type', ['access', 'delete']);
    const regulation = item.choice('regulation', 'Regulation', ['gdpr', 'ccpa', 'lgpd', 'pdpa']);
    const namespaceName = item.requiredText('namespaceName', 'Namespace', ADVICE);
    const reconciliationValue = item.requiredText('reconciliationValue', 'Reconciliation Value', ADVICE);
    const given = { label: item.text('options.label', 'Label'), name: item.text('options.name', 'Name') };
    const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
    const fields = { ...named, namespaceName, reconciliationValue, regulation, type };
    if (client.preview) {
      // Whether there are such requests at all: Campaign v8 has none.
      await onCampaignStandard(
        PRIVACY_REQUESTS,
        async () => await client.page(listPageUrl(privacyRequestsUrl(client), 1), 'privacy request'),
      );
      return [{ outcome: 'wouldCreate', ...fields, ...changeList(asNew(fields)) }];
    }
    return await onCampaignStandard(PRIVACY_REQUESTS, async () => [
      await client.create(privacyRequestsUrl(client), fields, 'privacy request'),
    ]);
  },
};
