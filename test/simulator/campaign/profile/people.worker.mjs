// @ts-check
// Makes people in a thread of its own: the generator is an ES module, which jest's CommonJS runtime does not load.
import { parentPort, workerData } from 'node:worker_threads';
import { faker as german } from '@faker-js/faker/locale/de';
import { faker as english } from '@faker-js/faker/locale/en';
import { faker as spanish } from '@faker-js/faker/locale/es';
import { faker as french } from '@faker-js/faker/locale/fr';
import { faker as norwegian } from '@faker-js/faker/locale/nb_NO';

const LANGUAGES = /** @type {const} */ ([
  [english, 'en_us', 'US'],
  [french, 'fr_fr', 'FR'],
  [german, 'de_de', 'DE'],
  [norwegian, 'nb_no', 'NO'],
  [spanish, 'es_es', 'ES'],
]);

/** @type {{ first: number, count: number, seed: number, today: Date }} */
const { first, count, seed, today } = workerData;
for (const [generator] of LANGUAGES) generator.seed(seed);

/** @param {string} text */
function emailPart(text) {
  return text
    .normalize('NFD')
    .replace(/ø/gi, 'o')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
}

/** @param {Date} date */
function dateTime(date) {
  return date.toISOString().replace('T', ' ');
}

let previousEmail = '';

/** @param {number} number */
function person(number) {
  const [faker, preferredLanguage, countryCode] = LANGUAGES[number % LANGUAGES.length] ?? LANGUAGES[0];
  const sex = faker.datatype.boolean() ? 'female' : 'male';
  const firstName = faker.person.firstName(sex).slice(0, 30);
  const lastName = faker.person.lastName().slice(0, 50);
  // Some have no email, and some share one with the person before.
  const ownEmail = number % 17 === 0 ? '' : `${emailPart(firstName)}.${emailPart(lastName)}.${number}@northwind.example`;
  const email = number % 23 === 0 ? previousEmail : ownEmail;
  previousEmail = email;
  const isMember = faker.number.int(9) > 1;
  return {
    firstName,
    lastName,
    email,
    gender: faker.number.int(9) === 0 ? 'unknown' : sex,
    birthDate: faker.date.birthdate({ refDate: today }).toISOString().slice(0, 10),
    mobilePhone: faker.phone.number({ style: 'international' }),
    preferredLanguage,
    location: {
      address1: faker.location.streetAddress(),
      address2: '',
      address3: '',
      address4: '',
      city: faker.location.city(),
      countryCode,
      stateCode: '',
      zipCode: faker.location.zipCode(),
    },
    cusLoyaltyId: isMember ? `L-${String(number).padStart(6, '0')}` : '',
    cusLoyaltyLevel: isMember ? faker.helpers.arrayElement(['bronze', 'silver', 'gold']) : 'bronze',
    cusPoints: isMember ? faker.number.int(20000) : 0,
    cusNewsletterConsent: faker.datatype.boolean(),
    cusMemberSince: isMember ? faker.date.past({ years: 8, refDate: today }).toISOString().slice(0, 10) : '',
    cusLastPurchase: isMember ? dateTime(faker.date.past({ years: 1, refDate: today })) : '',
  };
}

parentPort?.postMessage(Array.from({ length: count }, (_, index) => person(first + index)));
