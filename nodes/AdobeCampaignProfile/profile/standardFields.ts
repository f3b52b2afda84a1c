import type { CampaignField, FieldKind } from '../../shared/campaign/metadata';

/**
 * The fields that people most often write and every Campaign instance has (Adobe: "Profile data model"): what a form shows as long as
 * there is no credential to ask with. n8n asks for the form of a new step before it has chosen the credential, and once the step is
 * opened again for the instance's own fields.
 */
export const STANDARD_PROFILE_FIELDS: readonly CampaignField[] = [
  field('birthDate', 'Birth date', 'date'),
  field('blackList', 'No longer contact (by any channel)', 'boolean'),
  field('blackListEmail', 'No longer contact by email', 'boolean'),
  field('blackListMobile', 'No longer contact by SMS/MMS', 'boolean'),
  field('blackListPhone', 'No longer contact by phone', 'boolean'),
  field('blackListPostalMail', 'No longer contact by direct mail', 'boolean'),
  field('email', 'Email', 'string'),
  field('fax', 'Fax', 'string'),
  field('firstName', 'First name', 'string'),
  field('gender', 'Gender', 'enumeration', { unknown: 'Unspecified', male: 'Male', female: 'Female' }),
  field('lastName', 'Last name', 'string'),
  field('middleName', 'Middle name', 'string'),
  field('mobilePhone', 'Mobile', 'string'),
  field('phone', 'Phone', 'string'),
  field('salutation', 'Salutation', 'string'),
];

function field(name: string, label: string, kind: FieldKind, choices: Readonly<Record<string, string>> = {}): CampaignField {
  const values = Object.entries(choices).map(([choice, shown]) => ({ name: choice, label: shown }));
  return { name, label, kind, readOnly: false, sortable: false, values };
}
