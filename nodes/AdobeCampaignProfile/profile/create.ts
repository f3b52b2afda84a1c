import { profilesUrl } from '../../shared/campaign/profiles';
import { readableFields } from '../../shared/campaign/readableFields';
import type { Operation } from '../../shared/execution/operation';
import { apiProperty, readApi } from '../../shared/ui/apiProperty';
import {
  checkGivenFields,
  fieldsFromProperty,
  fieldsJsonProperty,
  fieldsMapper,
  notNone,
  readGivenFields,
  unknownColumnsOption,
} from '../../shared/ui/givenFields';
import { outputProperties, readOutput } from '../../shared/ui/output';
import { maxRequestsInFlightOption, requestsPerSecondOption } from '../../shared/ui/paceOptions';
import { timeoutOption } from '../../shared/ui/timeoutOption';

/** POST of one profile (Adobe: "Creating profiles with APIs"). */
export const create: Operation = {
  value: 'create',
  name: 'Create',
  action: 'Create profile',
  description: 'Add a new profile, and return it with all its defaults',
  properties: [
    apiProperty,
    fieldsFromProperty,
    fieldsMapper({ fieldsFrom: ['mapping'] }, { mode: 'add', addAllFields: false }),
    fieldsJsonProperty,
    ...outputProperties,
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [maxRequestsInFlightOption, requestsPerSecondOption, timeoutOption, unknownColumnsOption],
    },
  ],

  async run(client, item) {
    const api = readApi(item);
    const { values, rules } = readGivenFields(item);
    const given = notNone(values);
    const shape = readOutput(item);

    const catalogue = await readableFields(client, api, 'profile', (hint) => item.hint(hint));
    // A new profile has nothing to be emptied.
    const fields = checkGivenFields(item, catalogue, given, { ...rules, api, emptyValues: 'leaveOut' });
    return [shape(await client.create(profilesUrl(client.instance, api), fields, 'profile'))];
  },
};
