import type { INodeProperties } from 'n8n-workflow';

import { apiOption, RESOURCE_PARAMETERS } from '../shared/ui/apiOption';
import { pageSizeOption } from '../shared/ui/options/limit';
import { outputProperties } from '../shared/ui/record/output';
import { profileFiltersProperty } from '../shared/ui/profile/profileFilters';
import { profileOutput } from '../shared/ui/profile/profileOutput';
import { timeoutOption } from '../shared/ui/options/timeoutOption';

/** Enough for most days in one go, and not too much for one execution. */
export const DEFAULT_PROFILES_PER_POLL = 10_000;

/** Transactions of Campaign that take longer than this are rare. */
export const DEFAULT_OVERLAP_SECONDS = 60;

/** What one execution of n8n can hold. */
export const HIGHEST_LIMIT = 1_000_000;
/** A day. */
export const LONGEST_OVERLAP_SECONDS = 86_400;

/** A filter that Campaign's administrators made, for where lists cannot be sorted. */
const sinceFilterOption: INodeProperties = {
  displayName: 'Changed Since Filter',
  name: 'sinceFilter',
  type: 'fixedCollection',
  placeholder: 'Add filter',
  default: {},
  description:
    "Only where Campaign cannot sort profiles by time: a custom filter for profiles that changed at or after a given time, asked instead. It needs the extended API and a 'Start Date'.",
  options: [
    {
      displayName: 'Filter',
      name: 'filter',
      values: [
        {
          displayName: 'Filter Name or ID',
          name: 'name',
          type: 'options',
          typeOptions: { loadOptionsMethod: 'getFilters', loadOptionsDependsOn: RESOURCE_PARAMETERS },
          default: '',
          description:
            'The filter by its API name. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
        },
        {
          displayName: 'Parameter',
          name: 'parameter',
          type: 'string',
          default: '',
          placeholder: 'e.g. since',
          description: 'The parameter that takes the time, by its API name',
        },
      ],
    },
  ],
};

/** The parameters of the trigger. */
export const properties: readonly INodeProperties[] = [
  {
    displayName: 'Event',
    name: 'event',
    type: 'options',
    options: [
      { name: 'Profile Created', value: 'created', description: 'A profile is new' },
      { name: 'Profile Created or Updated', value: 'createdOrUpdated', description: 'A profile is new, or something about it changed' },
      { name: 'Profile Updated', value: 'updated', description: 'Something about a profile changed after it was created' },
    ],
    default: 'createdOrUpdated',
    description: 'What starts the workflow',
  },
  profileFiltersProperty,
  ...outputProperties(profileOutput),
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      apiOption,
      sinceFilterOption,
      {
        displayName: 'Limit per Poll',
        name: 'limitPerPoll',
        type: 'number',
        typeOptions: { minValue: 1, maxValue: HIGHEST_LIMIT },
        default: DEFAULT_PROFILES_PER_POLL,
        description:
          'Most profiles to hand over in one go, 1,000,000 at the highest; the rest comes with the next polls, the oldest changes first',
      },
      {
        displayName: 'Overlap Window',
        name: 'overlap',
        type: 'number',
        typeOptions: { minValue: 0, maxValue: LONGEST_OVERLAP_SECONDS },
        default: DEFAULT_OVERLAP_SECONDS,
        description:
          'Seconds that a change may turn up late, 86,400 (a day) at the most; raise it when imports or workflows of Campaign take longer to commit',
      },
      pageSizeOption,
      {
        displayName: 'Repeat Unfinished',
        name: 'repeatUnfinished',
        type: 'boolean',
        default: false,
        description:
          'Whether profiles come again when n8n was stopped or killed before their execution ended. None is lost then, and some may come twice.',
      },
      {
        displayName: 'Start Date',
        name: 'startDate',
        type: 'dateTime',
        default: '',
        description:
          "Hand over what changed since then; without it, what changes after the workflow was activated. A time without a zone is one of the workflow's time zone.",
      },
      timeoutOption,
    ],
  },
];
