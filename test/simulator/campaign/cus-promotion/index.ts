import { byCompositeKey } from '../collection/customFilter';
import { defineEntity } from '../model/defineEntity';
import { boolean, link, moment, number, text, type Field } from '../model/field';
import { PROMOTIONS } from './seed';

const computed = { access: 'readOnly' } as const;

/** Attributes as administrators name them in the field: with capitals and underscores, and without times of creation and change. */
const FIELDS: readonly Field[] = [
  text('NP_ZIP_CD', 'Zip code', 16),
  text('PKey', 'Primary key', 255, computed),
  text('category', 'Category', 32, { mandatory: true }),
  text('customerID', 'Customer ID', 32),
  text('href', 'URL', 255, computed),
  boolean('isStackable', 'With other promotions'),
  number('percent', 'Percent'),
  link('link', 'profile', 'Profile', 'profile', { shows: ['href', 'title'] }),
  text('promo_code', 'Promotion code', 32, { mandatory: true }),
  text('title', 'Title', 255, computed),
  moment('date', 'valid_until', 'Valid until'),
];

/**
 * A resource made by a customer that is told by two attributes together. Adobe: Calling a resource using a composite identification
 * key; its title is the formatted number of the row, as seen in the field.
 */
export const promotionEntity = defineEntity({
  id: 13,
  name: 'cusPromotion',
  documentName: 'Promotion',
  schema: 'cus:promotion',
  schemaLabel: 'Promotions',
  help: 'Promotions',
  apis: ['profileAndServicesExt'],
  fields: FIELDS,
  filters: [
    byCompositeKey('identification_key', 'By identification key', { category_parameter: 'category', promo_code_parameter: 'promo_code' }),
  ],
  indexed: ['profile'],
  derive: ({ id }) => ({ title: (807_970 + Number(id)).toLocaleString('en') }),
  mint: () => ({}),
  touch: () => ({}),
  seed: PROMOTIONS,
});
