import { enumeration, link, number, text, type Field } from '../model/field';
import { STANDARD_FIELDS } from '../model/standardFields';
import { NAMESPACES } from './namespaces';

const computed = { access: 'readOnly' } as const;
const mandatory = { mandatory: true } as const;

const REGULATION = ['gdpr', 'ccpa', 'pdpa', 'lgpd'].map((name) => ({ name, label: name.toUpperCase(), stored: name }));

const TYPE = [
  { name: 'access', label: 'Access', stored: '1' },
  { name: 'delete', label: 'Delete', stored: '2' },
];

const NAMESPACE_NAME = NAMESPACES.map(({ name, label }) => ({ name, label, stored: name }));

/** Adobe: Creating a privacy request. */
export const PRIVACY_FIELDS: readonly Field[] = [
  ...STANDARD_FIELDS,
  text('audit', 'Audit', 255, computed),
  text('desc', 'Description', 512),
  link('collection', 'gdprRequestData', 'Data of the request', 'gdprRequestData', computed),
  text('label', 'Label', 128),
  text('name', 'Name', 64, { dataPolicy: 'identifier' }),
  link('link', 'namespace', 'Namespace', 'namespace', { ...computed, shows: ['title'] }),
  enumeration('namespaceName', 'Namespace name', 'string', NAMESPACE_NAME, mandatory),
  link('collection', 'privacyRequestData', 'Data file', 'privacyRequestData', computed),
  text('reconciliationValue', 'Reconciliation value', 255, mandatory),
  enumeration('regulation', 'Regulation', 'string', REGULATION, mandatory),
  number('retryCount', 'Attempts', computed),
  text('status', 'Status', 32, { ...computed, defaultValue: 'new' }),
  enumeration('type', 'Type', 'byte', TYPE, mandatory),
];

/** How a privacy request finds its profiles. */
export const NAMESPACE_FIELDS: readonly Field[] = [...STANDARD_FIELDS, text('label', 'Label', 128), text('name', 'Name', 64)];
