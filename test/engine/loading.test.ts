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

  // A node with subcategories is put into those alone: n8n's nodes panel then shows it without any of its actions (E1).
  it.each(['adobeCampaign', 'adobeCampaignProfile', 'adobeCampaignProfileTrigger'])(
    'leaves %s in the panel, findable by what people type',
    async (name) => {
      const { codex } = (await Engine.load()).nodeType(name).description;

      expect(codex).not.toHaveProperty('subcategories');
      expect(codex?.alias).toEqual(expect.arrayContaining(['adobe campaign', 'email marketing', 'newsletter', 'marketing automation']));
      const { primaryDocumentation = [], credentialDocumentation = [] } =
        (codex as { resources?: Record<string, Array<{ url: string }>> }).resources ?? {};
      const urls = [...primaryDocumentation, ...credentialDocumentation].map(({ url }) => new URL(url));
      expect(urls).toHaveLength(2);
      // n8n appends its own query behind the address, so a fragment would swallow it (E12).
      expect(urls.filter(({ hash, search }) => hash !== '' || search !== '')).toEqual([]);
    },
  );
});
