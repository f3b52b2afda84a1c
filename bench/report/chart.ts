import type { SettingResult } from '../contest';
import type { ContestantId } from '../settings';
import { itemsPerSecond, median } from '../statistics';

const WIDTH = 860;
const LABEL_WIDTH = 420;
const BAR = 16;
const GAP = 6;
const TITLE = 30;
const VALUE_WIDTH = 80;

const COLOURS: Readonly<Record<ContestantId, string>> = {
  httpRequest: '#8a94a6',
  loop: '#8a94a6',
  adobeSdk: '#8a94a6',
  automatic: '#eb1000',
  expressions: '#f58a80',
  evaluated: '#f58a80',
  undici: '#c9ced8',
  httpSync: '#8a94a6',
  oneByOne: '#f58a80',
  fromList: '#eb1000',
};

/** Items per second as horizontal bars, a block with a scale of its own for each setting. Text of an SVG file. */
export function drawChart(settings: readonly SettingResult[]): string {
  let y = 0;
  const parts: string[] = [];
  for (const { name, contestants } of settings) {
    const speeds = contestants.map(({ samples }) => median(samples.map(itemsPerSecond)));
    const scale = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / Math.max(...speeds, 1);
    parts.push(text(0, y + 20, `${name}: items per second`, 'font-weight="bold"'));
    y += TITLE;
    for (const [index, { id, name: contestant }] of contestants.entries()) {
      const speed = speeds[index] ?? 0;
      const width = Math.max(1, Math.round(speed * scale));
      parts.push(
        text(LABEL_WIDTH - 8, y + BAR - 4, contestant, 'text-anchor="end"'),
        `<rect x="${LABEL_WIDTH}" y="${y}" width="${width}" height="${BAR}" fill="${COLOURS[id]}"/>`,
        text(LABEL_WIDTH + width + 6, y + BAR - 4, Math.round(speed).toLocaleString('en-US')),
      );
      y += BAR + GAP;
    }
    y += GAP * 2;
  }
  const frame = `xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}"`;
  const background = `<rect width="${WIDTH}" height="${y}" fill="#ffffff"/>`;
  return `<svg ${frame} font-family="sans-serif" font-size="12" fill="#222222">\n${[background, ...parts].join('\n')}\n</svg>\n`;
}

function text(x: number, y: number, content: string, attributes = ''): string {
  const escaped = content.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<text x="${x}" y="${y}" ${attributes}>${escaped}</text>`;
}
