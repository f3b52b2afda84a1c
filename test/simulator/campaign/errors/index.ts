import { json, text, type Answer } from '../../answers';
import type { Assumptions } from '../../assumptions';
import type { Dialect, SimulatorSettings } from '../../options';
import { acsWording } from './acs';
import type { Problem } from './problem';
import { v8Wording } from './v8';

export { CampaignProblem, refuse, type Problem, type ProblemSubject } from './problem';

/** The answer with which a dialect reports a problem: plain text, or JSON on v8 if the settings say so. */
export function problemAnswer(problem: Problem, dialect: Dialect, settings: SimulatorSettings, assumptions: Assumptions): Answer {
  if (dialect === 'acs') {
    const { status, lines } = acsWording(problem, assumptions);
    return text(status, lines.join('\n'));
  }
  const { status, lines } = v8Wording(problem, assumptions);
  return settings.errorBodies === 'json' ? json(status, { code: status, message: lines.join('\n') }) : text(status, lines.join('\n'));
}
