import { TransportError, type Transport } from '../../transport/transport';
import { CampaignError } from '../error';
import { CredentialProblem } from './authenticate';

/**
 * A way through which a token may be minted before a request. Where Adobe's identity service is away, the request is none that
 * failed: it was not carried out, and is sent again when there is a token for it.
 *
 * @param transport n8n's helper, which hands on what the credential throws
 */
export function mindingIdentityService(transport: Transport): Transport {
  return {
    send: async (request) =>
      await transport.send(request).catch(async (thrown: unknown) => {
        // A run has room for what happened and for what to do.
        const error = thrown instanceof CredentialProblem ? thrown.problem : thrown;
        const isAway = error instanceof CampaignError && error.details.reason === 'unavailable';
        return await Promise.reject(isAway ? new TransportError('noToken', 'identity service', error) : error);
      }),
  };
}
