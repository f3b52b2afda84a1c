import { oneOf, such } from './choice';

/** Who may come in: IMS and the gateway. */
export const ACCESS_CHOICES = {
  /**
   * An organization nobody knows: the gateway cannot route it (500 or 502 "Oops"), or it is simply absent from the
   * token's product contexts (403023). Adobe: API troubleshooting describes both without saying which comes first.
   */
  unknownOrganization: oneOf('unroutable', 'noProductContext'),
  /** Who refuses a client that does not ask for the scope campaign_sdk: IMS with 400, or the gateway with 403011. Inferred. */
  missingCampaignScope: oneOf('refusedByIms', 'refusedByGateway'),
  /** A token without additional_info.projectedProductContext carries no product context (403023). Inferred: all known clients ask for it. */
  missingProductContextScope: oneOf('refusedByGateway', 'ignored'),
  /** OAuth error code for an unknown client_id; only its description was seen in the field. */
  unknownClientIdError: such<string>('invalid_client', 'unauthorized_client'),
  /** OAuth error code for a missing or refused scope; seen only as "an OAuth error about the scope". */
  invalidScopeError: such<string>('invalid_scope', 'invalid_request'),
  /** OAuth error code for any other grant_type; from RFC 6749, not seen in the field. */
  wrongGrantTypeError: such<string>('unsupported_grant_type', 'invalid_request'),
  /** HTTP status with which IMS refuses to show the profile of a token that is not valid. Unknown. */
  imsProfileRefusalStatus: such<number>(401, 403),
  /** An API name that does not exist, on v8: Campaign's 404 (as ACS was seen to answer, in its own words), or the gateway's "Oops". Unknown. */
  v8UnknownApi: oneOf('unsupportedEndpoint', 'unroutable'),
} as const;
