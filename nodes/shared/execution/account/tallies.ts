import { withCommas } from '../../campaign/scalars';

/** So many names are said, so many counted, and so many characters of each. */
const NAMED = 12;
const MOST_NAMES = 1000;
const NAME_CHARACTERS = 60;
/** So many sentences are said: some of them hold what is different for every item. */
const MOST_SENTENCES = 12;

/** What there is to say about a run, summed up: a line for each kind, however many items and names there are. */
export class Tallies {
  private readonly bySentence = new Map<string, Map<string, number>>();
  private isCut = false;

  /** One item more to which it happened with this name. */
  add(sentence: string, name: string): void {
    this.put(sentence, name, (count) => count + 1);
  }

  /** It happened with this name, be it once or often. */
  mention(sentence: string, name: string): void {
    this.put(sentence, name, () => 1);
  }

  /** Something that stands by itself. */
  say(sentence: string): void {
    this.names(sentence);
  }

  /** e.g. `Emptied, because their value was blank: phone (12 items), lastName` */
  sentences(): string[] {
    const said = [...this.bySentence].map(([sentence, names]) => (names.size === 0 ? sentence : `${sentence}: ${listed(names)}`));
    return this.isCut ? [...said, 'There is more to say of this run than is shown'] : said;
  }

  private put(sentence: string, name: string, counted: (count: number) => number): void {
    const names = this.names(sentence);
    if (names?.has(name) || (names?.size ?? MOST_NAMES) < MOST_NAMES) names?.set(name, counted(names.get(name) ?? 0));
  }

  /** Undefined where enough was said. */
  private names(sentence: string): Map<string, number> | undefined {
    const known = this.bySentence.get(sentence);
    if (known) return known;
    if (this.bySentence.size >= MOST_SENTENCES) {
      this.isCut = true;
      return undefined;
    }
    const names = new Map<string, number>();
    this.bySentence.set(sentence, names);
    return names;
  }
}

function listed(names: ReadonlyMap<string, number>): string {
  const first = [...names]
    .slice(0, NAMED)
    .map(([name, count]) => (count > 1 ? `${plain(name)} (${withCommas(count)} items)` : plain(name)));
  const more = names.size - first.length;
  return `${first.join(', ')}${more > 0 ? ` and ${more}${names.size === MOST_NAMES ? ' or' : ''} more` : ''}`;
}

/** A name on one line. */
function plain(name: string): string {
  return shorten(name, NAME_CHARACTERS).replace(/\p{Cc}/gu, ' ');
}

/** Text with an end that shows that more was there, where it is longer than `most` characters. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  // Half a character would be shown as a box.
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
