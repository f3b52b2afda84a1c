import type { IDataObject, IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';

import { pollProfiles } from '../../../nodes/AdobeCampaignProfileTrigger/poll';
import { METADATA, profile } from './campaign';
import { CREDENTIAL, helperAnswer, node } from './context';

const sortable = (name: string, label: string) => ({ apiName: name, label, type: 'datetime', sortable: true });
const DESCRIBED = {
  ...METADATA,
  content: {
    ...METADATA.content,
    created: sortable('created', 'Created'),
    lastModified: sortable('lastModified', 'Last modified'),
  },
};

/** A time as Campaign prints it, some minutes after nine. */
function at(minute: number): string {
  return `2026-01-15 09:${String(minute).padStart(2, '0')}:00.000Z`;
}

/** @param created minute of its creation; `lastModified` of its last change, the same when left out */
export function person(email: string, created: number, lastModified = created): IDataObject {
  return profile(`@${email}`, { email, created: at(created), lastModified: at(lastModified) });
}

/** A trigger as n8n keeps it, in front of a Campaign that a subclass plays. */
export abstract class PolledTrigger {
  parameters: IDataObject = {};
  state: IDataObject = {};

  /** What Campaign answers to everything but the question for its fields. */
  protected abstract list(url: string): unknown;

  /** Emails of what one poll hands over. @param more what the context has besides */
  async poll(more: Partial<IPollFunctions> = {}): Promise<unknown[]> {
    const context: Partial<IPollFunctions> = {
      getMode: () => 'trigger',
      getWorkflow: () => ({ id: '1', name: 'w', active: true }),
      getNode: () => node(this.parameters),
      getTimezone: () => 'utc',
      getNodeParameter: ((name: string, fallback?: unknown) => this.parameters[name] ?? fallback) as IPollFunctions['getNodeParameter'],
      getCredentials: (async () => CREDENTIAL) as IPollFunctions['getCredentials'],
      getWorkflowStaticData: () => this.state,
      logger: { warn: () => {} } as Partial<IPollFunctions['logger']> as IPollFunctions['logger'],
      helpers: { httpRequestWithAuthentication: async (_: string, options: unknown) => this.answer(options) } as Partial<
        IPollFunctions['helpers']
      > as IPollFunctions['helpers'],
      ...more,
    };
    return (await pollProfiles(context as IPollFunctions)).map(({ email }) => email);
  }

  private answer(options: unknown): unknown {
    const { url } = options as IHttpRequestOptions;
    return url.includes('/resourceType/') ? helperAnswer(DESCRIBED) : this.list(url);
  }
}
