import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chromium, selectors, type BrowserContext, type Locator, type Page } from 'playwright-core';

import type { Host } from '../host/host';
import { stateDirectory } from '../host/support/paths';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where pictures of a failed step are left. */
const FAILURES = path.join(stateDirectory, 'browser');

/** n8n's editor in a headless browser, with the words of somebody who uses it. */
export class Editor {
  private constructor(
    private readonly context: BrowserContext,
    private readonly profileFolder: string,
    readonly page: Page,
    private readonly host: Host,
  ) {}

  /** Opens a browser and signs in as the owner. @throws Error when there is no Chromium on this machine */
  static async open(host: Host): Promise<Editor> {
    selectors.setTestIdAttribute('data-test-id');
    const profileFolder = mkdtempSync(path.join(tmpdir(), 'adobe-campaign-browser-'));
    const context = await chromium.launchPersistentContext(profileFolder, {
      executablePath: findChromium(),
      headless: true,
      viewport: { width: 1440, height: 900 },
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(30_000);
    const editor = new Editor(context, profileFolder, page, host);
    await editor.signIn();
    return editor;
  }

  async openWorkflow(id: string): Promise<void> {
    await this.page.goto(`${this.host.url}/workflow/${id}`);
    await this.page.getByTestId('canvas-node').first().waitFor();
  }

  /** Makes a workflow of one profile step and opens the step. */
  async openNewStep(name: string, parameters: Record<string, unknown>): Promise<void> {
    const { id } = await this.host.client.createWorkflow({
      name,
      nodes: [
        {
          id: 'a',
          name,
          type: 'n8n-nodes-adobe-campaign.adobeCampaignProfile',
          typeVersion: 1,
          position: [0, 0],
          parameters,
          credentials: { adobeCampaignApi: { id: 'adobeCampaignDemo', name: 'Adobe Campaign (simulator)' } },
        },
      ],
      connections: {},
    });
    await this.openWorkflow(id);
    await this.openStep(name);
  }

  /** A step on the canvas, by its name. */
  step(name: string): Locator {
    return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
  }

  /** Opens a step's parameters by a double click. */
  async openStep(name: string): Promise<void> {
    await this.step(name).dblclick();
    await this.page.getByTestId('ndv').waitFor();
  }

  async closeStep(): Promise<void> {
    await this.page.getByTestId('ndv-close-button').click();
    await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
  }

  /** Runs the workflow with the button below the canvas and waits until n8n says that it is done. */
  async executeWorkflow(): Promise<void> {
    await this.page.getByTestId('execute-workflow-button').click();
    await this.page.getByText('Workflow executed successfully').first().waitFor();
  }

  /** Closes n8n's own messages, which would hide what a picture is about. */
  async closeMessages(): Promise<void> {
    const close = this.page.locator('.el-notification__closeBtn');
    for (let shown = await close.count(); shown > 0; shown = await close.count()) {
      // One that goes by itself meanwhile is gone as well.
      await close
        .first()
        .click({ timeout: 2_000 })
        .catch(() => undefined);
    }
  }

  /** The output panel of the open step. */
  get output(): Locator {
    return this.page.getByTestId('output-panel');
  }

  async screenshot(file: string): Promise<void> {
    mkdirSync(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
  }

  /** Runs a test's steps, and leaves a picture of what was there when one of them fails. */
  async watched(name: string, steps: () => Promise<void>): Promise<void> {
    await steps().catch(async (error: unknown) => {
      await this.screenshot(path.join(FAILURES, `${name}.png`));
      throw error;
    });
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.profileFolder, { recursive: true, force: true });
  }

  private async signIn(): Promise<void> {
    const { email, password } = this.host.owner;
    await this.page.goto(`${this.host.url}/signin`);
    await this.page.locator('input[type="email"], input[name="emailOrLdapLoginId"]').fill(email);
    await this.page.locator('input[type="password"]').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.waitForURL((url) => !url.pathname.includes('signin'));
  }
}

function findChromium(): string {
  const found = [process.env.CHROMIUM ?? '', ...CANDIDATES].find((file) => file !== '' && existsSync(file));
  if (found) return found;
  throw new Error('There is no Chromium on this machine: install it (Debian: apt-get install chromium), or set CHROMIUM to its path.');
}
