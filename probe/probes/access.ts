import type { ACCESS_CHOICES } from '../../test/simulator/assumptions/access';
import { neither, notAnswerable, observed, type Asking, type Finding, type ProbesOf } from '../finding';
import { at, textAt } from '../json';
import { isDone, type Answer } from '../tenant';

/** Reads one key and nothing personal. */
const CHEAPEST = 'profileAndServices/profile/PKey?_lineCount=1';

const NEEDS_SECRET = 'needs a client secret: with a pasted token nothing can be asked of IMS';

/** The OAuth error of a token request that IMS refuses. */
async function oauthError({ tenant }: Asking, parameters: Readonly<Record<string, string | undefined>>): Promise<Finding<string>> {
  if (!tenant.hasClientSecret) return notAnswerable(NEEDS_SECRET);
  const answer = await tenant.askForToken(parameters);
  const error = textAt(answer.json, 'error') ?? '';
  if (isDone(answer)) return neither('IMS gave a token');
  return /^[a-z_]{1,40}$/.test(error) ? observed(error) : neither(`IMS answered ${answer.status} without an OAuth error`);
}

/** A token that asks for fewer scopes, or the answer that refuses it. */
async function tokenWithout({ tenant }: Asking, scope: string): Promise<{ token?: string; refusal: Answer }> {
  const kept = tenant.scopes.split(/[,\s]+/).filter((name) => name !== scope && name !== '');
  const refusal = await tenant.askForToken({ scope: kept.join(',') });
  return { token: textAt(refusal.json, 'access_token'), refusal };
}

function isGatewayRefusal(answer: Answer): boolean {
  return answer.status === 403 && /^403\d{3}$/.test(textAt(answer.json, 'error_code') ?? '');
}

export const ACCESS_PROBES: ProbesOf<keyof typeof ACCESS_CHOICES> = {
  unknownOrganization: {
    stage: 'read',
    ask: async ({ tenant }) => {
      const answer = await tenant.getAs(CHEAPEST, { organization: 'n8n-probe-nobody' });
      if (typeof at(answer.json, 'code') === 'number') return observed('unroutable');
      return isGatewayRefusal(answer) ? observed('noProductContext') : neither(`answered ${answer.status}`);
    },
  },
  missingCampaignScope: {
    stage: 'read',
    ask: async (asking) => {
      if (!asking.tenant.hasClientSecret) return notAnswerable(NEEDS_SECRET);
      const { token, refusal } = await tokenWithout(asking, 'campaign_sdk');
      if (token === undefined) return refusal.status === 400 ? observed('refusedByIms') : neither(`IMS answered ${refusal.status}`);
      const answer = await asking.tenant.getAs(CHEAPEST, { token });
      return isGatewayRefusal(answer) ? observed('refusedByGateway') : neither(`answered ${answer.status}`);
    },
  },
  missingProductContextScope: {
    stage: 'read',
    ask: async (asking) => {
      if (!asking.tenant.hasClientSecret) return notAnswerable(NEEDS_SECRET);
      const { token, refusal } = await tokenWithout(asking, 'additional_info.projectedProductContext');
      if (token === undefined) return neither(`IMS answered ${refusal.status}`);
      const answer = await asking.tenant.getAs(CHEAPEST, { token });
      if (isDone(answer)) return observed('ignored');
      return isGatewayRefusal(answer) ? observed('refusedByGateway') : neither(`answered ${answer.status}`);
    },
  },
  unknownClientIdError: { stage: 'read', ask: (asking) => oauthError(asking, { client_id: 'n8n-probe-nobody' }) },
  invalidScopeError: { stage: 'read', ask: (asking) => oauthError(asking, { scope: undefined }) },
  wrongGrantTypeError: { stage: 'read', ask: (asking) => oauthError(asking, { grant_type: 'n8n_probe' }) },
  imsProfileRefusalStatus: {
    stage: 'read',
    ask: async ({ tenant }) => {
      const answer = await tenant.askForTokenProfile('n8n-probe-no-token');
      return answer.status >= 400 ? observed(answer.status) : neither(`answered ${answer.status}`);
    },
  },
  v8UnknownApi: {
    stage: 'read',
    dialect: 'v8',
    ask: async ({ tenant }) => {
      const answer = await tenant.get('n8nProbeNothing/profile');
      if (typeof at(answer.json, 'code') === 'number' && answer.text.includes('Oops')) return observed('unroutable');
      return answer.text.includes('Unsupported endpoint') ? observed('unsupportedEndpoint') : neither(`answered ${answer.status}`);
    },
  },
};
