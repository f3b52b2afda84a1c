const NAMED = 12;
const MOST_NAMES = 1000;
const NAME_CHARACTERS = 60;

/** What befell fields of many items alike, summed up: a line for each kind, however many items and names there are. */
export class Tallies {
  private readonly bySentence = new Map<string, Map<string, number>>();

  add(sentence: string, name: string): void {
    const names = this.bySentence.get(sentence) ?? new Map<string, number>();
    this.bySentence.set(sentence, names);
    if (names.has(name) || names.size < MOST_NAMES) names.set(name, (names.get(name) ?? 0) + 1);
  }

  /** e.g. `Emptied, because their value was blank: phone (12 items), lastName` */
  sentences(): string[] {
    return [...this.bySentence].map(([sentence, names]) => {
      const listed = [...names].slice(0, NAMED).map(([name, count]) => (count > 1 ? `${plain(name)} (${count} items)` : plain(name)));
      const more = names.size - listed.length;
      return `${sentence}: ${listed.join(', ')}${more > 0 ? ` and ${more}${names.size === MOST_NAMES ? ' or' : ''} more` : ''}`;
    });
  }
}

/** The output panel shows hints as HTML, and names come from the input. */
function plain(name: string): string {
  const short = name.length > NAME_CHARACTERS ? `${name.slice(0, NAME_CHARACTERS - 1)}…` : name;
  return short.replace(/[<>&"'`]/g, ' ').replace(/\p{Cc}/gu, ' ');
}
