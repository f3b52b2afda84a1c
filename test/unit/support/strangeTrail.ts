import type { TrailMark } from '../../../nodes/shared/campaign/write/trail';

/** What a write has left in an organization that the credential does not open, a person each: nothing is sent for it. */
export function strangeMark(index: number): TrailMark {
  return {
    organization: 'elsewhere',
    api: 'profileAndServices',
    resource: 'profile',
    done: 'updated',
    at: '2026-01-01T00:00:00.000Z',
    email: `strange.${index}@mail.com`,
  };
}
