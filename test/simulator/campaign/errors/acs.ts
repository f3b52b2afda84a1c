import type { Assumptions } from '../../assumptions';
import type { Problem, ProblemSubject } from './problem';

/** A status and the lines of the message. */
export interface Wording {
  readonly status: number;
  readonly lines: readonly string[];
}

const PREFIX = 'RST-360011 An error has occurred - please contact your administrator.';

/** Campaign Standard's words. Adobe: Recommendations & limitations, error table, unless a comment says otherwise. */
export function acsWording(problem: Problem, assumptions: Assumptions): Wording {
  switch (problem.kind) {
    case 'undecryptableKey': {
      const name = problem.key.replace(/^@/, '');
      return { status: 500, lines: unparsable(name, `@id = @${name}`, problem.subject) };
    }
    case 'unknownRawKey': {
      const { name, documentName } = problem.subject;
      const key = problem.place === 'uri' ? `${problem.key}:0` : problem.key;
      return {
        status: 404,
        lines: [
          PREFIX,
          `Unable to find document with path '${documentName}' from key '${key}' (document with schema '${name}' and name '${problem.key}')`,
        ],
      };
    }
    case 'keyChange':
      return {
        status: 500,
        lines: [
          PREFIX,
          `RST-360012 Inconsistent operation on resource '${problem.subject.name}' - Cannot update key '${problem.from}' to '${problem.to}'.`,
        ],
      };
    case 'duplicateKey': {
      const constraint = `${problem.subject.schema.replace(':', '')}_${problem.attribute.toLowerCase()}`;
      return {
        status: 500,
        lines: [
          `A '${problem.subject.documentName}' with the same key '${problem.key}' already exists.`,
          `PGS-220000 PostgreSQL error: ERROR:  duplicate key value violates unique constraint "${constraint}" DETAIL:  Key (s${problem.attribute.toLowerCase()})=(${problem.key}) already exists.`,
        ],
      };
    }
    case 'invalidEnumeration':
      return {
        status: 500,
        lines: [
          PREFIX,
          `The value '${problem.value}' is not valid for the '${problem.subject.schema}:${problem.attribute}' enumeration of the '@${problem.attribute}' field`,
        ],
      };
    case 'propertyNotValid':
      return {
        status: assumptions.unknownAttributeStatus,
        lines: [PREFIX, `'${problem.property}' property is not valid for the '${problem.subject.name}' resource.`],
      };
    case 'propertyReadOnly':
      return {
        status: 500,
        lines: [
          PREFIX,
          `Cannot update the '${problem.property}' property that is read-only`,
          `'${problem.property}' property is not valid for the '${problem.subject.name}' resource.`,
        ],
      };
    // Seen in the field.
    case 'wrongType':
      return {
        status: 500,
        lines: [
          PREFIX,
          `BAS-010040 Cannot convert '${problem.value}' (type ${problem.from}) to ${problem.to} type (bAS-010011 Invalid value).`,
        ],
      };
    // Adobe support article KA-19396: a custom filter called outside the Ext API is read as a key.
    case 'segmentIsNoKey':
      return {
        status: assumptions.acsUnknownFilterStatus,
        lines: [PREFIX, `BAS-010040 Cannot convert '${problem.segment}' (text type) to 32-bit integer type (bAS-010011 Invalid data).`],
      };
    // Adobe support article KA-14384.
    case 'unknownResource':
      return { status: 404, lines: [PREFIX, 'Error rc=-2003'] };
    // Adobe's own tests expect it of a body that is no JSON, whatever the resource.
    case 'noConstant':
      return { status: assumptions.acsNoConstantStatus, lines: [PREFIX, `'${problem.text}' is not a valid constant`] };
    // Adobe support article: XTK-170036 answers every expression that does not parse, not only a bad key.
    case 'badExpression':
      return { status: 500, lines: unparsable(problem.attribute, `@${problem.attribute}`, problem.subject) };
    // Seen by a user.
    case 'duplicateSubscription':
      return {
        status: 500,
        lines: [
          `PGS-220000 PostgreSQL error: ERROR:  duplicate key value violates unique constraint "nmssubscriptionrcp_key" DETAIL:  Key (irecipientid, iserviceid)=(${problem.profileId}, ${problem.serviceId}) already exists.`,
        ],
      };
    case 'unsupportedEndpoint':
    case 'generic':
      return { status: 500, lines: [PREFIX] };
  }
}

function unparsable(attribute: string, expression: string, { schemaLabel, schema }: ProblemSubject): string[] {
  return [
    `'${attribute}' attribute unknown (see definition of '${schemaLabel} (${schema})' schema).`,
    `XTK-170036 Unable to parse expression '${expression}'.`,
  ];
}
