import { CampaignError } from '../../../nodes/shared/campaign/error';
import type { CampaignResponse } from '../../../nodes/shared/transport/transport';
import { helperAnswer } from '../support/context';
import { ODD_ANSWERS } from '../support/odd/answers';
import { person, PolledTrigger } from '../support/poll';

/** A trigger in front of a Campaign that may answer oddly. */
class Polled extends PolledTrigger {
  readonly profiles = [person('old', 1)];
  odd: CampaignResponse | undefined;

  protected override list(): unknown {
    return this.odd ? helperAnswer(this.odd.body, this.odd.status) : helperAnswer({ content: [...this.profiles].reverse() });
  }
}

/** What the client may ask again for takes real time here; what it says at once is enough. */
const AT_ONCE = ODD_ANSWERS.filter(([what]) => !/^nothing|cut$/.test(what));

it.each(AT_ONCE)('%s in the place of the list: nothing is handed over, nothing forgotten, and the next poll finds it', async (_, odd) => {
  const trigger = new Polled();
  expect(await trigger.poll()).toEqual([]);
  trigger.profiles.push(person('new', 5));
  const before = JSON.stringify(trigger.state);
  trigger.odd = odd;
  const outcome = await trigger.poll().catch((error: unknown) => error);
  expect(Array.isArray(outcome) ? outcome : outcome instanceof CampaignError).toEqual(Array.isArray(outcome) ? [] : true);
  if (!Array.isArray(outcome)) expect(JSON.stringify(trigger.state)).toBe(before);
  trigger.odd = undefined;
  expect(await trigger.poll()).toEqual(['new']);
});
