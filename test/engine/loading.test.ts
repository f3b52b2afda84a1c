import { Engine } from '../support/engine';

describe('the built package in n8n', () => {
  it('loads its node, credential, icons and codex', async () => {
    const engine = await Engine.load();
    const { description, methods } = engine.nodeType('adobeCampaignProfile');

    expect(description.displayName).toBe('Adobe Campaign Profile');
    expect(description.iconUrl).toEqual({
      light: 'icons/n8n-nodes-adobe-campaign/dist/icons/adobeCampaign.svg',
      dark: 'icons/n8n-nodes-adobe-campaign/dist/icons/adobeCampaign.dark.svg',
    });
    expect(description.codex?.alias).toContain('recipient');
    expect(Object.keys(methods?.listSearch ?? {})).toEqual(['searchProfiles', 'searchServices']);
  });

  it('loads the node of workflows and events, with the same icons', async () => {
    const engine = await Engine.load();
    const { description } = engine.nodeType('adobeCampaign');

    expect(description.displayName).toBe('Adobe Campaign');
    expect(description.iconUrl).toEqual(engine.nodeType('adobeCampaignProfile').description.iconUrl);
    expect(description.codex?.alias).toContain('signal');
  });
});
