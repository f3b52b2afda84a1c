import { planSignal, sendSignal, signalKey, type Signal } from '../../shared/campaign/actions/signals';
import { invalidInput } from '../../shared/campaign/error';
import type { Item } from '../../shared/execution/item';
import type { Operation } from '../../shared/execution/operation';
import { optionsProperty } from '../../shared/ui/options/optionsProperty';
import { readTypedValues, typedValuesFromOption, typedValuesProperties, type TypedValues } from '../../shared/ui/typedValues';
import { activityLocator, readActivity } from './activityLocator';
import { readWorkflowId, workflowIdProperty } from './workflowId';

const PARAMETERS: TypedValues = {
  name: 'parameters',
  displayName: 'Parameters',
  singular: 'Parameter',
  description: 'Values for the parameters that the signal declares in the workflow, 64 KB at the most',
  namePlaceholder: 'e.g. audience',
  jsonPlaceholder: 'e.g. { "audience": "vip", "count": 3 }',
  canNest: false,
};

const DEFAULT_SOURCE = 'API';

/** POST to the trigger of an external signal (Adobe: "Triggering a signal activity"). */
export const triggerSignal: Operation = {
  value: 'triggerSignal',
  name: 'Trigger Signal',
  action: 'Trigger workflow signal',
  description: 'Make a running workflow go on from an external signal, with parameters',
  writes: true,
  addsEachTime: true,
  properties: [
    workflowIdProperty,
    activityLocator,
    ...typedValuesProperties(PARAMETERS),
    optionsProperty(
      typedValuesFromOption(PARAMETERS),
      {
        displayName: 'Source',
        name: 'source',
        type: 'string',
        default: DEFAULT_SOURCE,
        description: 'Where the signal comes from, for the workflow to tell signals apart',
      },
      {
        displayName: 'When Too Soon',
        name: 'whenTooSoon',
        type: 'options',
        options: [
          { name: 'Fail', value: 'fail', description: 'Stop, and say when the activity may be triggered again' },
          {
            name: 'Wait',
            value: 'wait',
            description: 'Wait until it may be triggered again, which takes up to ten minutes for every item',
          },
        ],
        default: 'fail',
        description: 'What to do when the activity was triggered less than ten minutes ago, which Campaign does not accept',
      },
    ),
  ],

  async run(client, item) {
    const signal = readSignal(item);
    const whenTooSoon = item.choice('options.whenTooSoon', 'When Too Soon', ['fail', 'wait']);
    // The second item for one activity learns when the first one was triggered.
    return await item.inOrder(signalKey(client.instance, signal), async () => {
      if (client.preview) {
        const { workflowId: id, activity, source } = signal;
        const { at, parameters } = await planSignal(client, signal, { clock: item.clock, whenTooSoon });
        return [{ outcome: 'wouldTrigger', id, activity, source, parameters, nextTrigger: new Date(at).toISOString() }];
      }
      const next = await sendSignal(client, signal, { clock: item.clock, whenTooSoon });
      return [{ id: signal.workflowId, activity: signal.activity, triggered: true, nextTrigger: new Date(next).toISOString() }];
    });
  },
};

function readSignal(item: Item): Signal {
  const source = item.text('options.source', 'Source', DEFAULT_SOURCE);
  if (source === '')
    throw invalidInput("'Source' is empty", `Campaign requires one: enter some text, or remove the option to send '${DEFAULT_SOURCE}'.`);
  return {
    workflowId: readWorkflowId(item),
    activity: readActivity(item),
    source,
    parameters: readTypedValues(item, PARAMETERS),
    zone: item.zone,
  };
}
