import type { CampaignField } from '../metadata';

/**
 * How a data policy changes text when it is stored (Adobe: "Metadata mechanism"). Not all of it is documented, so a policy
 * counts only where the stored text could have come out of it: then both sides compare as the policy would have made them.
 */
interface Policy {
  /** Whether text stays as it is under the policy. */
  isStored(text: string): boolean;
  /** The same for all texts that are stored alike. */
  normalize(text: string): string;
}

const lower = (text: string): string => text.toLowerCase();

const IN_SMALL_LETTERS: Policy = { isStored: (text) => text === text.toLowerCase(), normalize: lower };

const POLICIES: ReadonlyMap<string, Policy> = new Map<string, Policy>([
  ['smartcase', { isStored: isSmartCase, normalize: lower }],
  ['lowercase', IN_SMALL_LETTERS],
  ['uppercase', { isStored: (text) => text === text.toUpperCase(), normalize: (text) => text.toUpperCase() }],
  ['email', IN_SMALL_LETTERS],
  ['phone', { isStored: (text) => /^\+?\d*$/.test(text), normalize: digitsOfPhone }],
  ['identifier', { isStored: (text) => /^[\w-]*$/.test(text), normalize: (text) => text.replace(/[^A-Za-z0-9]/g, '_') }],
  ['residentifier', { isStored: (text) => /^[\w.-]*$/.test(text), normalize: (text) => text.replace(/[^A-Za-z0-9]/g, '_') }],
]);

/**
 * Tells whether `stored` is what Campaign makes of `sent` in a field: the field's data policy may have changed it, and its
 * length may have cut it.
 */
export function isStoredForm(field: CampaignField | undefined, sent: string, stored: string): boolean {
  if (sent === stored) return true;
  const length = field?.maximumLength;
  const isCut = length !== undefined && sent.length > length;
  const cut = isCut ? sent.slice(0, length) : sent;
  if (cut === stored) return true;
  const policy = POLICIES.get(field?.dataPolicy?.toLowerCase() ?? '');
  if (!policy?.isStored(stored)) return false;
  if (policy.normalize(cut) === policy.normalize(stored)) return true;
  return isCut && policy.normalize(sent).slice(0, length) === policy.normalize(stored);
}

/** A capital first letter of every word, the rest small; whether a hyphen or apostrophe begins a word is not documented. */
function isSmartCase(text: string): boolean {
  for (const word of text.split(/\s+/)) {
    const [first = '', ...parts] = word.split(/(?<=['’.-])/);
    if (capitalized(first) !== first) return false;
    if (parts.some((part) => part !== part.toLowerCase() && part !== capitalized(part))) return false;
  }
  return true;
}

function capitalized(word: string): string {
  const small = word.toLowerCase();
  return small.charAt(0).toUpperCase() + small.slice(1);
}

function digitsOfPhone(text: string): string {
  return (text.trimStart().startsWith('+') ? '+' : '') + text.replace(/\D/g, '');
}
