import type { Assumptions } from '../../assumptions';
import type { Wording } from './acs';
import type { Problem } from './problem';

const GENERIC: Wording = { status: 500, lines: ['An error has occurred - please contact your administrator.'] };

/** Campaign v8's words: most causes hide behind one sentence. Adobe: Recommendations & limitations, error table. */
export function v8Wording(problem: Problem, assumptions: Assumptions): Wording {
  switch (problem.kind) {
    case 'undecryptableKey': {
      const line = `Unable to decrypt PKey. (PKey=${problem.key})`;
      return { status: 404, lines: problem.place === 'uri' ? [line, unsupported(problem.endpoint)] : [line] };
    }
    case 'unknownRawKey': {
      const { name, documentName } = problem.subject;
      return {
        status: 404,
        lines: [
          `Unable to find document with path '${documentName}' from key '${problem.key}' (document with schema '${name}' and name '${problem.key}')`,
        ],
      };
    }
    case 'propertyNotValid':
      return {
        status: assumptions.unknownAttributeStatus,
        lines: [`'${problem.property}' property is not valid for the '${problem.subject.name}' resource.`],
      };
    case 'propertyReadOnly':
      return {
        status: 500,
        lines: [
          `Cannot update the '${problem.property}' property that is read-only`,
          `'${problem.property}' property is not valid for the '${problem.subject.name}' resource.`,
        ],
      };
    case 'wrongType':
      if (assumptions.v8TypeErrors === 'generic') return GENERIC;
      return { status: 500, lines: [`Cannot convert '${problem.value}' (type ${problem.from}) to ${problem.to} type (Invalid value).`] };
    case 'segmentIsNoKey':
      return assumptions.v8UnknownFilter === 'generic' ? GENERIC : { status: 404, lines: [unsupported(problem.endpoint)] };
    case 'unknownResource':
      return { status: assumptions.v8UnknownResourceStatus, lines: [unsupported(problem.endpoint)] };
    case 'unsupportedEndpoint':
      return { status: 404, lines: [unsupported(problem.endpoint)] };
    case 'keyChange':
    case 'duplicateKey':
    case 'invalidEnumeration':
    case 'noConstant':
    case 'badExpression':
    case 'duplicateSubscription':
    case 'generic':
      return GENERIC;
  }
}

function unsupported(endpoint: string): string {
  return `Unsupported endpoint. (endpoint=${endpoint})`;
}
