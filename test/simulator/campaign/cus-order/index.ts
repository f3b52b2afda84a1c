import { atLeast, equalTo } from '../collection/customFilter';
import { defineEntity } from '../model/defineEntity';
import { boolean, enumeration, link, moment, number, text, type Field } from '../model/field';
import { STANDARD_FIELDS } from '../model/standardFields';
import { ORDERS } from './seed';

const STATUS = [
  { name: 'open', label: 'Open', stored: '0' },
  { name: 'shipped', label: 'Shipped', stored: '1' },
  { name: 'returned', label: 'Returned', stored: '2' },
];

const FIELDS: readonly Field[] = [
  ...STANDARD_FIELDS,
  number('amount', 'Amount', { resType: 'double' }),
  text('comment', 'Comment', 255),
  boolean('gift', 'Gift'),
  number('lines', 'Lines'),
  moment('date', 'orderDate', 'Order date'),
  text('orderNumber', 'Order number', 32, { mandatory: true }),
  link('link', 'profile', 'Profile', 'profile', { shows: ['href', 'title'] }),
  moment('datetime', 'shippedAt', 'Shipped at'),
  enumeration('status', 'Status', 'byte', STATUS),
];

/** A resource made by a customer and linked to profiles. Adobe: Interacting with custom resources. */
export const orderEntity = defineEntity({
  id: 10,
  name: 'cusOrder',
  documentName: 'Order',
  schema: 'cus:order',
  schemaLabel: 'Orders',
  help: 'Orders',
  apis: ['profileAndServicesExt'],
  fields: FIELDS,
  filters: [atLeast('amount', 'amountFrom', 'Amount from'), equalTo('status', 'inStatus', 'In a status')],
  customKey: 'orderNumber',
  indexed: ['orderNumber', 'profile'],
  derive: ({ orderNumber }) => ({ title: `Order ${String(orderNumber)}` }),
  seed: ORDERS,
});
