import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { pathOfOption } from '../execution/formerParameters';

/**
 * An option of the step that is being edited.
 *
 * @param name e.g. `api`
 */
export function readEditedOption(context: ILoadOptionsFunctions, name: string): unknown {
  return context.getCurrentNodeParameter(pathOfOption(`options.${name}`, (path) => context.getCurrentNodeParameter(path)));
}
