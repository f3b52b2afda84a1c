import { oneOf, such } from './choice';

/** What becomes of the values of a write. */
export const WRITES_CHOICES = {
  /** A write that leaves a mandatory attribute empty. That metadata has the property is documented, what a server does is not. */
  missingMandatory: oneOf('refused', 'accepted'),
  /** PATCH without attributes on ACS. Unknown (v8 is documented: 204). */
  acsEmptyPatch: oneOf('ok', 'error'),
  /** HTTP status for an attribute the resource does not have. Inferred from the documented zipCode and age cases. */
  unknownAttributeStatus: such<number>(500, 400),
  /** Whether v8 names the cause of a type error or hides it behind its generic 500. */
  v8TypeErrors: oneOf('generic', 'explained'),
  /** Whether text that reads like a number or boolean (or the reverse) is converted. Unknown; strict finds more client faults. */
  coercion: oneOf('strict', 'lenient'),
  /** Whether null empties an attribute, as "" does, or is a value of the wrong type. Unknown. */
  nullValues: oneOf('clear', 'rejected'),
  /**
   * Text longer than the attribute: cut, stored whole, or refused. Adobe's own tests send 34 characters to firstName, which has 30,
   * and expect 200; what is stored then is unknown.
   */
  tooLongText: oneOf('truncated', 'whole', 'rejected'),
  /** created, createdBy, lastModified, modifiedBy sent by a client: v8 ignores them (release notes 2024); ACS unknown. */
  acsServerOwnedDates: oneOf('ignored', 'rejected'),
  /** When title, domain, age and postalAddress follow the attributes they are made of. Inferred: on every write. */
  derivedAttributes: oneOf('onEveryWrite', 'onCreate'),
  /**
   * The computed postal address: first name and LAST NAME (two of three samples), or as payloads of 2020 have it: salutation and
   * everything in capitals, `addrDefined` false whatever the address.
   */
  postalAddress: oneOf('lastNameInCapitals', 'allInCapitals'),
  /** Whether a second profile with an email that exists is refused. Inferred: it is not, unless a key is defined on it. */
  uniqueEmail: oneOf(false, true),
  /** Names of services: illegal characters become underscores (Adobe: Data model best practices); whether a hyphen is one is not said. */
  hyphenInNames: oneOf('replaced', 'kept'),
  /** Whether firstName and lastName have the smartCase data policy, which changes what was written (Adobe: Metadata mechanism). */
  smartCaseNames: oneOf(false, true),
  /**
   * Whether phone, mobilePhone and fax have the data policy `phone` (Campaign Classic's have), and what it does: keep the digits and a
   * leading plus, or refuse what has letters. Unknown. `settings.dataPolicies` gives other attributes the policy; there `none` does as `digits`.
   */
  phonePolicy: oneOf('none', 'digits', 'refusesLetters'),
  /** What is no email address where the data policy `email` holds. That a policy can reject is documented, not what passes. */
  invalidEmail: oneOf('refused', 'accepted'),
  /** Whether the data policy `email` also turns addresses into small letters. Unknown. */
  emailCase: oneOf('kept', 'lowered'),
  /** Attributes that the server takes although the model here holds them for computed (for example isExternal). Inferred table. */
  writableAfterAll: such<readonly string[]>([], ['isExternal']),
} as const;
