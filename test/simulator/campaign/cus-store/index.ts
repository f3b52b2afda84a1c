import { equalTo } from '../collection/customFilter';
import { defineEntity } from '../model/defineEntity';
import { boolean, link, moment, number, text, type Field } from '../model/field';
import { STANDARD_FIELDS } from '../model/standardFields';
import { DEPARTMENTS, STORES } from './seed';

const STORE_FIELDS: readonly Field[] = [
  ...STANDARD_FIELDS,
  text('city', 'City', 64),
  link('collection', 'departments', 'Departments', 'cusDepartment', { access: 'readOnly', inverse: 'store' }),
  text('label', 'Label', 128),
  boolean('openOnSunday', 'Open on Sunday'),
  moment('date', 'openSince', 'Open since'),
  number('squareMetres', 'Square metres'),
  text('storeCode', 'Store code', 16, { mandatory: true }),
];

const DEPARTMENT_FIELDS: readonly Field[] = [
  ...STANDARD_FIELDS,
  number('floor', 'Floor'),
  text('label', 'Label', 128, { mandatory: true }),
  link('link', 'store', 'Store', 'cusStore', { shows: ['href', 'title'] }),
];

/** A resource made by a customer that has nothing to do with profiles. Adobe: Interacting with custom resources. */
export const storeEntity = defineEntity({
  id: 11,
  name: 'cusStore',
  documentName: 'Store',
  schema: 'cus:store',
  schemaLabel: 'Stores',
  help: 'Stores',
  apis: ['customResources'],
  fields: STORE_FIELDS,
  filters: [equalTo('city', 'inCity', 'In a city')],
  customKey: 'storeCode',
  indexed: ['storeCode'],
  derive: ({ label, storeCode }) => ({ title: `${String(label)} (${String(storeCode)})` }),
  seed: STORES,
});

/** The children of a store. */
export const departmentEntity = defineEntity({
  id: 12,
  name: 'cusDepartment',
  documentName: 'Department',
  schema: 'cus:department',
  schemaLabel: 'Departments',
  help: 'Departments of stores',
  apis: ['customResources'],
  fields: DEPARTMENT_FIELDS,
  indexed: ['store'],
  derive: ({ label }) => ({ title: String(label) }),
  seed: DEPARTMENTS,
});
