import { simplifyTo, type SimplifiedOutput } from '../record/output';

/** A profile as most people want it. */
export const profileOutput: SimplifiedOutput = {
  noun: 'profile',
  description: 'Email, name, phones and the like, custom fields, PKey and href',
  shape: simplifyTo(['email', 'firstName', 'lastName', 'mobilePhone', 'phone', 'birthDate', 'gender', 'lastModified']),
};
