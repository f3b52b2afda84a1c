import { invalidInput } from '../../shared/campaign/error';
import { currentApi } from '../../shared/campaign/find/automaticApi';
import { checkKeyColumn } from '../../shared/campaign/find/customKeys';
import { findableEmail } from '../../shared/campaign/find/findByEmail';
import { profileByCustomKey, profileByEmail, profileByKey } from '../../shared/campaign/find/profiles';
import { apiOption, readApi, readApiInEditor } from '../../shared/ui/apiOption';
import type { MatchingFields, ReadEditedResource, StandardForm } from '../../shared/ui/record/describeFields';
import { readProfileFilters, profileFiltersProperty } from '../../shared/ui/profile/profileFilters';
import { profileLocator, readProfile } from '../../shared/ui/profile/profileLocator';
import { profileOutput } from '../../shared/ui/profile/profileOutput';
import type { RecordKind } from '../../shared/ui/record/recordKind';
import { STANDARD_PROFILE_FIELDS } from './standardFields';

const MATCHING: MatchingFields = {
  canMatch: ({ name, kind }) => name === 'email' || (name.startsWith('cus') && kind === 'string'),
  isFirstMatch: ({ name }) => name === 'email',
};

/** Which fields of a profile the step being edited is about. */
export const profileInEditor: ReadEditedResource = async (client, context) => ({
  resource: { api: await readApiInEditor(client, context, async () => await currentApi(client, 'profile')), name: 'profile' },
  ...MATCHING,
});

/** The fields of a profile as long as nobody can be asked. */
export const standardProfileForm: StandardForm = { fields: STANDARD_PROFILE_FIELDS, ...MATCHING };

/** People that Campaign sends to. */
export const profileKind: RecordKind = {
  name: 'profile',
  names: 'profiles',
  noun: 'profile',
  resourceProperties: [],
  apiOption,
  readResource: async (client, item) => ({ api: await readApi(client, item), name: 'profile' }),

  ways: 'PKey, email, custom key or URL',
  locator: profileLocator,
  readReference: (item, instance, { api }) => readProfile(item, instance, api),
  mayBeSeveral: true,

  filters: profileFiltersProperty,
  readFilters: readProfileFilters,
  output: profileOutput,

  matching: {
    updateHint: 'The field that tells which profile to change: PKey, Email, or your custom key',
    upsertHint: 'The field that tells whether the profile is there already: Email, or your custom key',
    description: 'Take the profile with the same email or custom key',
    field: 'email',
    fieldDescription: 'The field in the JSON that identifies the profile: email, or your custom key',

    toUpdate(instance, { api }, column, value) {
      if (column === 'PKey') return profileByKey(instance, api, value, column);
      if (column === 'email') return profileByEmail(api, value, column);
      return profileByCustomKey(instance, api, value, column);
    },

    toUpsert(instance, { api }, column, value) {
      if (column === 'PKey') {
        throw invalidInput(
          'PKey cannot tell whether a profile is there already',
          'Campaign makes the PKey of a new profile. Match on email or a custom key, or use Update.',
        );
      }
      if (column !== 'email' && !column.startsWith('cus')) {
        throw invalidInput(
          `'${column}' cannot tell whether a profile is there already`,
          'Match on email or on a custom key, whose API name starts with cus, or on a filter.',
        );
      }
      return column === 'email' ? profileByEmail(api, value, column) : profileByCustomKey(instance, api, value, column);
    },

    checkColumn: async (client, resource, column) => column === 'email' || (await checkKeyColumn(client, resource, column)),

    async asFound(client, { api }, column, fields) {
      const { email } = fields;
      return column === 'email' && typeof email === 'string' ? { ...fields, email: await findableEmail(client, api, email) } : fields;
    },
  },
};
