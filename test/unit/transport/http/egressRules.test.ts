import { egressRules, type EgressContext } from '../../../../nodes/shared/transport/http/egressRules';
import { versionOfN8nCore } from '../../../../nodes/shared/transport/http/hostLibraries';

const FILTER = { validateUrl: async () => ({ ok: true }), createSecureLookup: () => () => {} };

/** A node's context in an n8n without `getSecureEgressFilter`. */
const old = (more: object): EgressContext => ({ helpers: {}, ...more });

describe('egress rules', () => {
  it('are those that n8n shows, whatever else is there', () => {
    const context = { ...old({ additionalData: { ssrfBridge: {} } }), helpers: { getSecureEgressFilter: () => FILTER as never } };

    expect(egressRules(context)).toEqual({ filter: FILTER });
  });

  it.each<[string, [number, number]]>([
    ['1.96', [1, 96]],
    ['2.11', [2, 11]],
    ['2.27', [2, 27]],
  ])('are those of the execution in n8n %s', (_, version) => {
    expect(egressRules(old({ additionalData: { ssrfBridge: FILTER } }), version)).toEqual({ filter: FILTER });
    expect(egressRules(old({ additionalData: {} }), version)).toEqual({ filter: undefined });
  });

  it.each<[string, object, [number, number]]>([
    ['a new n8n does not show them', { additionalData: {} }, [2, 28]],
    ['a much newer n8n does not show them', { additionalData: {} }, [3, 0]],
    ['nobody knows which n8n it is', { additionalData: {} }, [NaN, NaN]],
    ['the execution is not shown', {}, [2, 20]],
    ['the execution is something else', { additionalData: null }, [2, 20]],
    ['they are something else', { additionalData: { ssrfBridge: { validateUrl: FILTER.validateUrl } } }, [2, 20]],
    ['they are nothing that can be asked', { additionalData: { ssrfBridge: null } }, [2, 20]],
  ])('are not known where %s', (_, context, version) => {
    expect(egressRules(old(context), version)).toBeUndefined();
  });
});

it('knows the version of the n8n-core that is there', () => {
  const [major, minor] = versionOfN8nCore() ?? [];
  const { version } = jest.requireActual<{ version: string }>('n8n-core/package.json');

  expect(`${major}.${minor}`).toBe(version.split('.').slice(0, 2).join('.'));
});
