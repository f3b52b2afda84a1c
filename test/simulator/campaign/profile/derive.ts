import { createHash } from 'node:crypto';
import type { Assumptions } from '../../assumptions';
import { timesOf } from '../model/defineEntity';
import type { FieldValue, ItemValue } from '../model/field';
import type { Values } from '../records/store';

/** What the server computes from the other attributes of a profile. */
export function deriveProfile(values: Values, now: Date, assumptions: Assumptions): Values {
  const first = textOf(values.firstName);
  const last = textOf(values.lastName);
  const email = textOf(values.email);
  return {
    age: ageOn(now, textOf(values.birthDate)),
    domain: email.slice(email.indexOf('@') + 1),
    postalAddress: postalAddress(values, assumptions),
    // With empty names two spaces come first, as recorded answers show.
    title: `${first} ${last} (${email})`,
  };
}

/** What the server gives a new profile. */
export function mintProfile(id: number, now: Date): Values {
  return { ...timesOf(id, now), cryptedId: cryptedId(id) };
}

/** Whole years from a birth date to `now`; 0 without birth date. */
function ageOn(now: Date, birthDate: string): number {
  if (birthDate === '') return 0;
  const today = now.toISOString().slice(0, 10);
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The name comes first, the address follows in the order of its parts (inferred). */
function postalAddress({ firstName, lastName, salutation, location }: Values, assumptions: Assumptions): ItemValue {
  const isAllCapitals = assumptions.postalAddress === 'allInCapitals';
  const part = (name: string): string => (typeof location === 'object' && location !== null ? textOf(location[name]) : '');
  const names = [isAllCapitals ? textOf(salutation) : '', textOf(firstName), textOf(lastName).toUpperCase()];
  const name = names.filter((word) => word !== '').join(' ');
  const town = [part('zipCode'), part('city')].filter((word) => word !== '').join(' ');
  const written = [name, part('address1'), part('address2'), part('address3'), part('address4'), town];
  const lines = isAllCapitals ? written.map((line) => line.toUpperCase()) : written;
  const [line1 = '', line2 = '', line3 = '', line4 = '', line5 = '', line6 = ''] = lines;
  return {
    addrDefined: !isAllCapitals && part('address1') !== '' && town !== '',
    addrErrorCount: 0,
    addrLastCheck: '',
    addrQuality: '0',
    line1,
    line2,
    line3,
    line4,
    line5,
    line6,
    serialized: lines.join('\n'),
  };
}

/** 72 characters of standard base64, as in recorded answers; says nothing to clients. */
function cryptedId(id: number): string {
  return createHash('sha512').update(`cryptedId ${id}`).digest().subarray(0, 52).toString('base64');
}

function textOf(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
