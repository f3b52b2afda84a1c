import { shorten, Tallies } from '../../../nodes/shared/execution/account/tallies';

describe('Tallies', () => {
  it('sum up what befell many items alike', () => {
    const tallies = new Tallies();
    for (let index = 0; index < 1500; index += 1) tallies.add('Left out', 'phone');
    tallies.add('Left out', 'fax');
    tallies.mention('Unchecked', 'cusOrder');
    tallies.mention('Unchecked', 'cusOrder');
    tallies.say('Nothing was found');

    expect(tallies.sentences()).toEqual(['Left out: phone (1,500 items), fax', 'Unchecked: cusOrder', 'Nothing was found']);
  });

  it('are bounded in names and sentences', () => {
    const tallies = new Tallies();
    for (let index = 0; index < 5000; index += 1) {
      tallies.add('Left out', `column${index}`);
      tallies.say(`Row ${index} is odd`);
    }

    const [names = '', ...others] = tallies.sentences();
    expect(names).toMatch(/^Left out: column0, .*column11 and 988 or more$/);
    expect(others).toHaveLength(12);
    expect(others.at(-1)).toBe('There is more to say of this run than is shown');
  });
});

describe('shorten', () => {
  it('leaves what is short, and no half characters', () => {
    expect(shorten('abc', 3)).toBe('abc');
    expect(shorten('abcd', 3)).toBe('ab…');
    expect(shorten('a😀😀', 3)).toBe('a…');
  });
});
