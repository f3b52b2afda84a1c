import type { Locator, Page } from 'playwright-core';

/** What a person did with the mouse; typing is not counted. */
export interface Effort {
  readonly clicks: number;
  readonly drags: number;
}

/** A person's hand: it clicks and drags, and counts how often. */
export class Hand {
  private clicks = 0;
  private drags = 0;

  constructor(private readonly page: Page) {}

  async click(target: Locator): Promise<void> {
    await target.click();
    this.clicks += 1;
  }

  /** Clicks into an input, and types. */
  async enter(input: Locator, text: string): Promise<void> {
    await this.click(input);
    await input.fill(text);
  }

  /**
   * Drags what the pointer takes hold of onto a target, as n8n's editor follows it: by the movements of the mouse.
   *
   * @param onArrival what to do before the button is let go
   */
  async drag(from: Locator, to: Locator, onArrival?: () => Promise<void>): Promise<void> {
    const [start, end] = [await middleOf(from), await middleOf(to)];
    const { mouse } = this.page;
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move(start.x + 10, start.y + 10, { steps: 5 });
    await mouse.move(end.x, end.y, { steps: 15 });
    await onArrival?.();
    await mouse.up();
    this.drags += 1;
  }

  /** What was done since the last time this was asked. */
  effort(): Effort {
    const { clicks, drags } = this;
    this.clicks = 0;
    this.drags = 0;
    return { clicks, drags };
  }
}

async function middleOf(place: Locator): Promise<{ x: number; y: number }> {
  await place.waitFor();
  const box = await place.boundingBox();
  if (!box) throw new Error('What is to be dragged, or its target, is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
