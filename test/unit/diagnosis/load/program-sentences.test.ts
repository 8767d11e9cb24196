import { describe, expect, test } from 'vitest';
import { ProgramSentences } from '../../../../diagnosis/load/program-sentences.ts';

const german = new ProgramSentences({
  'Plug it in.': 'Schließen Sie es an.',
  'There is no ticket {id}.': 'Es gibt keinen Auftrag {id}.',
  '"{title}" could not be put back: {why}': '„{title}“ ließ sich nicht zurücknehmen: {why}',
  'The phone said: {words}': 'Das Telefon sagte: {words}',
  'From {from} to {to}.': 'Nach {to}, von {from}.',
  '{count} phones are plugged in: name one.': '{count} Telefone sind angeschlossen: Nennen Sie eines.',
  'The app of {name}': 'Die App von {name}',
});

describe('sentences of code', () => {
  test.each([
    ['Plug it in.', 'Schließen Sie es an.'],
    ['There is no ticket 12.', 'Es gibt keinen Auftrag 12.'],
    ['From a to b.', 'Nach b, von a.'],
    ['12 phones are plugged in: name one.', '12 Telefone sind angeschlossen: Nennen Sie eines.'],
    ['The app of Ann', 'Die App von Ann'],
    ['report.zip: Plug it in.', 'report.zip: Schließen Sie es an.'],
    ['C:\\report.zip: There is no ticket 12.', 'C:\\report.zip: Es gibt keinen Auftrag 12.'],
  ])('are known by their English: %s', (english, said) => {
    expect(german.say(english)).toBe(said);
  });

  test('are said within each other, and one after the other', () => {
    expect(german.say('"Saver off" could not be put back: Plug it in.')).toBe(
      '„Saver off“ ließ sich nicht zurücknehmen: Schließen Sie es an.',
    );
    expect(german.say('There is no ticket 1. Plug it in. The phone said: no. Never.')).toBe(
      'Es gibt keinen Auftrag 1. Schließen Sie es an. Das Telefon sagte: no. Never.',
    );
  });

  test.each(['Plug it in', 'There is no ticket', 'no ticket 12.', '', 'From a to b', '{id}'])(
    'leave every other text as it is: %j',
    (text) => {
      expect(german.say(text)).toBe(text);
    },
  );

  // A way of looking that goes back and forth would never come to its end here: the time that a test has holds it.
  test('are found in a long text of a phone without taking long', { timeout: 20_000 }, () => {
    const hostile = `${'From a to '.repeat(5_000)}. `.repeat(20);
    expect(german.say(hostile)).toContain('a');
  });
});
