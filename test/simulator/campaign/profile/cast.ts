import type { Values } from '../records/store';

/**
 * The profiles that every simulator starts with, before generated people: the one of Adobe: Updating profiles with APIs,
 * and one for each thing that trips clients up.
 */
export const CAST: readonly Values[] = [
  {
    firstName: 'Amy',
    lastName: 'Dakota',
    email: 'amy.dakota@mail.com',
    birthDate: '1980-10-24',
    gender: 'female',
    cusLoyaltyId: 'L-000001',
    cusLoyaltyLevel: 'silver',
    cusPoints: 1200,
    cusNewsletterConsent: true,
    cusMemberSince: '2019-03-01',
    cusLastPurchase: '2025-12-20 17:45:10.250Z',
  },
  {
    firstName: 'Kristen',
    lastName: 'Smith',
    email: 'kristen.smith+news@mail.com',
    phone: '3301020305',
    cusLoyaltyId: 'L-000002',
    cusPoints: 40,
  },
  {
    firstName: 'Zoë',
    lastName: 'Müller-Łukasiewicz',
    email: 'zoe.mueller@mail.com',
    birthDate: '1992-02-29',
    preferredLanguage: 'de_de',
    cusLoyaltyId: 'L-000003',
    cusLoyaltyLevel: 'gold',
    cusPoints: 9800,
  },
  { firstName: 'Dorian', lastName: 'Simons', phone: '3301020306' },
  { firstName: 'Gloria', lastName: 'Boston', email: 'family.boston@mail.com', cusLoyaltyId: 'L-000005' },
  { firstName: 'Edward', lastName: 'Boston', email: 'family.boston@mail.com', cusLoyaltyId: 'L-000006' },
  { firstName: 'Xander', lastName: "O'Malley", email: 'omalley@mail.com', blackListEmail: true, cusLoyaltyId: 'L 000/007' },
];
