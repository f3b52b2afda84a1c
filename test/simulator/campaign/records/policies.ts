import type { Assumptions } from '../../assumptions';
import type { DataPolicy } from '../../options';
import { refuse } from '../errors';

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/**
 * The text as its data policy stores it. Adobe: Metadata mechanism says that policies reject or change values; Data model best
 * practices what becomes of identifiers.
 * @throws CampaignProblem for a text that the policy rejects
 */
export function underPolicy(text: string, policy: DataPolicy, assumptions: Assumptions): string {
  switch (policy) {
    case 'smartCase':
      return smartCase(text);
    case 'lowerCase':
      return text.toLowerCase();
    case 'upperCase':
      return text.toUpperCase();
    case 'email':
      return emailAddress(text, assumptions);
    case 'phone':
      return phoneNumber(text, assumptions);
    case 'identifier':
      return text.replace(assumptions.hyphenInNames === 'kept' ? /[^A-Za-z0-9_-]/g : /[^A-Za-z0-9_]/g, '_');
    case 'resIdentifier':
      return text.replace(/[^A-Za-z0-9_.-]/g, '_');
    case '':
      return text;
  }
}

/** Capital first letter of every word, the rest small. */
function smartCase(text: string): string {
  return text.toLowerCase().replace(/(^|[\s'-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function emailAddress(text: string, { invalidEmail, emailCase }: Assumptions): string {
  if (text !== '' && invalidEmail === 'refused' && !EMAIL.test(text)) refuse({ kind: 'generic' });
  return emailCase === 'lowered' ? text.toLowerCase() : text;
}

/** Digits and a leading plus are what a number is made of. */
function phoneNumber(text: string, { phonePolicy }: Assumptions): string {
  if (phonePolicy === 'refusesLetters') return /\p{L}/u.test(text) ? refuse({ kind: 'generic' }) : text;
  const sign = text.trimStart().startsWith('+') ? '+' : '';
  return sign + text.replace(/\D/g, '');
}
