import { moment, text, type Field } from './field';

/** What every record has that `defineEntity` stamps with times: key, URL, times and title. */
export const STANDARD_FIELDS: readonly Field[] = [
  text('PKey', 'Primary key', 255, { access: 'readOnly' }),
  moment('datetime', 'created', 'Created', { access: 'ignored' }),
  text('href', 'URL', 255, { access: 'readOnly' }),
  moment('datetime', 'lastModified', 'Last modified', { access: 'ignored' }),
  text('title', 'Title', 255, { access: 'readOnly' }),
];
