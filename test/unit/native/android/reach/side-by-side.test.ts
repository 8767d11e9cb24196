import { describe, expect, test } from 'vitest';
import { AdbRefusal, PhoneSilent } from '../../../../../native/android/reach/adb-server.ts';
import { askSideBySide, dumps, question, type Asked, type Doing } from './fake-shells.ts';

const names = (count: number, of = 'q'): string[] => Array.from({ length: count }, (_, at) => `${of}${at}`);
const ofName = (command: string): string => command.split(' ')[1] ?? '';
const hangs: Doing = { ms: Infinity };

const notWhole = ({ told }: Asked): string[] =>
  [...told].filter(([, { ended }]) => ended !== 'whole').map(([name, { ended }]) => `${name} ${ended}`);
const lastOf = ({ told }: Asked, of: readonly string[]): number =>
  Math.max(...of.map((name) => told.get(name)?.at ?? Infinity));

describe('a question that hangs', () => {
  test('costs a scan no more than its own time over the rest', async () => {
    const asked = await askSideBySide(dumps(['hung', ...names(40)]), {
      does: (command) => (ofName(command) === 'hung' ? hangs : { ms: 4000 }),
    });
    expect([asked.end, notWhole(asked)]).toEqual(['done', ['hung timeout']]);
    expect(asked.tookMs - lastOf(asked, names(40))).toBeLessThanOrEqual(15_100);
  });

  test('never costs the end of the scan, however long the rest takes', async () => {
    const rest = names(120);
    const asked = await askSideBySide(dumps(['hung', ...rest]), {
      does: (command) => (ofName(command) === 'hung' ? hangs : { ms: 4800 }),
    });
    expect([asked.end, notWhole(asked)]).toEqual(['done', ['hung timeout']]);
    expect(lastOf(asked, rest)).toBeGreaterThan(32_000);
    expect(asked.tookMs).toBeLessThan(45_000);
  });

  test('is waited for as long as it takes where it only had company', async () => {
    const asked = await askSideBySide(dumps(['long', ...names(40)]), {
      does: (command) => (ofName(command) === 'long' ? { ms: 28_000 } : { ms: 4000 }),
    });
    expect([asked.end, notWhole(asked)]).toEqual(['done', []]);
  });

  test('takes no place from the others when its time is over', async () => {
    const [hung, rest] = [names(7, 'hung'), names(20)];
    const asked = await askSideBySide(dumps([...hung, ...rest]), {
      does: (command) => (ofName(command).startsWith('hung') ? hangs : { ms: 1000 }),
    });
    expect(asked.end).toBe('done');
    expect(notWhole(asked)).toHaveLength(7);
    expect(lastOf(asked, rest)).toBeLessThan(20_500);
  });

  test('keeps none waiting that would have shared its shell, and none is told twice', async () => {
    const [first, rest] = [names(30, 'first'), names(170)];
    const asked = await askSideBySide(
      dumps([...first, ...rest.flatMap((name, at) => (at % 30 === 14 ? [name, `hung${at}`] : [name]))]),
      { does: (command) => (ofName(command).startsWith('hung') ? hangs : { ms: 20 }) },
    );
    expect(asked.end).toBe('done');
    expect(notWhole(asked)).toHaveLength(6);
    expect(lastOf(asked, rest)).toBeLessThan(16_000);
    expect(asked.begun).toHaveLength(206);
  });

  test('keeps the other dumps of its service waiting for its own time alone', async () => {
    const others = names(4).map((id) => question(id, ['dumpsys', 'package', id]));
    const asked = await askSideBySide(
      [question('hung', ['dumpsys', 'package', 'all']), ...others, ...dumps(names(80, 'long'))],
      { does: (command) => (command.endsWith('all') ? hangs : { ms: command.includes('long') ? 4000 : 1000 }) },
    );
    expect([asked.end, notWhole(asked)]).toEqual(['done', ['hung timeout']]);
    expect(lastOf(asked, names(4))).toBeLessThan(25_000);
  });

  test('leaves time for what depends on it', async () => {
    const asked = await askSideBySide([question('who', ['dumpsys', 'hung'], 'identity'), ...dumps(names(120))], {
      does: (command) => (ofName(command) === 'hung' ? hangs : { ms: 4800 }),
    });
    expect(asked.told.get('who')).toMatchObject({ ended: 'timeout' });
    expect(asked.told.get('who')?.at).toBeLessThanOrEqual(30_100);
  });
});

describe('a dump that the phone gives up by itself', () => {
  const givesUp = { ms: 10_000, says: 'DUMP TIMEOUT' };

  test('is asked once more by itself where it had company, and is taken as it is answered then', async () => {
    const asked = await askSideBySide(dumps(['bad', ...names(60)]), {
      does: (command, open) => (ofName(command) !== 'bad' ? { ms: 1500 } : open > 1 ? givesUp : { ms: 500 }),
    });
    expect(asked.begun.filter((command) => command.endsWith('bad'))).toHaveLength(2);
    expect(asked.told.get('bad')).toMatchObject({ ended: 'whole', says: 'x' });
  });

  test('is not asked again where it had hardly any', async () => {
    const asked = await askSideBySide(dumps(['bad', ...names(6)]), {
      does: (command) => (ofName(command) === 'bad' ? givesUp : { ms: 1000 }),
    });
    expect(asked.begun).toHaveLength(7);
    expect(asked.tookMs).toBeLessThan(10_200);
  });

  test('is paid for once more in all where it is the same by itself', async () => {
    const bad = names(4, 'bad');
    const asked = await askSideBySide(dumps([...bad, ...names(40)]), {
      does: (command) => (ofName(command).startsWith('bad') ? givesUp : { ms: 1000 }),
    });
    expect(asked.end).toBe('done');
    expect(asked.begun).toHaveLength(45);
    expect(asked.tookMs).toBeLessThan(20_500);
    expect(bad.map((name) => asked.told.get(name)?.says)).toEqual(bad.map(() => 'DUMP TIMEOUT'));
  });
});

/** The company that made it late is over after 8 s; it is asked again from 10 s on. */
const badOrNot = (command: string): Doing =>
  ofName(command) === 'bad' ? { ms: 10_000, says: 'DUMP TIMEOUT' } : { ms: 4000 };

describe('what a question said first is kept where it is asked again', () => {
  const questions = dumps(['bad', ...names(16)]);
  const kept = { ended: 'whole', says: 'DUMP TIMEOUT' };

  test('and the scan is cancelled meanwhile', async () => {
    const stop = new AbortController();
    const asked = await askSideBySide(questions, {
      does: (command, open) => {
        if (ofName(command) === 'bad' && open === 1) setTimeout(() => stop.abort(), 100);
        return badOrNot(command);
      },
      signal: stop.signal,
    });
    expect(asked.begun).toHaveLength(18);
    expect(asked.told.get('bad')).toMatchObject(kept);
  });

  test('and the phone opens no shell for it', async () => {
    let asked = 0;
    const { end, told } = await askSideBySide(questions, {
      does: badOrNot,
      opens: (script) => {
        asked += script.includes('bad') ? 1 : 0;
        return asked > 1 ? Promise.reject(new PhoneSilent('The phone did not answer.')) : Promise.resolve();
      },
    });
    expect([end, told.get('bad')]).toMatchObject(['done', kept]);
  });

  test('and opening its shell takes until the end of the scan', async () => {
    let asked = 0;
    const { end, told, tookMs } = await askSideBySide(questions, {
      does: badOrNot,
      scanMs: 27_000,
      opens: async (script) => {
        asked += script.includes('bad') ? 1 : 0;
        if (asked > 1) await new Promise((resolve) => void setTimeout(resolve, 9000));
      },
    });
    expect([end, told.get('bad')]).toMatchObject(['done', kept]);
    expect(tookMs).toBeLessThan(27_000);
  });
});

/** Opens so many shells at once. */
const bearing =
  (most: number, error: () => Error) =>
  async (_script: string, open: number): Promise<void> => {
    if (open < most) return;
    await new Promise((resolve) => void setTimeout(resolve, 500));
    throw error();
  };

describe('a shell that the phone does not open', () => {
  test.each([
    ['in time', () => new PhoneSilent('The phone did not answer.')],
    ['but refuses', () => new AdbRefusal('closed')],
  ])('%s beside others: its questions are asked in those that it has', async (_how, error) => {
    const asked = await askSideBySide(dumps(names(30)), { does: () => ({ ms: 900 }), opens: bearing(4, error) });
    expect([asked.end, notWhole(asked), asked.told.size]).toEqual(['done', [], 30]);
  });

  test('in time, and has none open: it is silent, and asked no further', async () => {
    const opens = bearing(0, () => new PhoneSilent('The phone did not answer.'));
    const asked = await askSideBySide(dumps(names(30)), { does: () => ({ ms: 900 }), opens });
    expect([asked.end, notWhole(asked), asked.begun]).toEqual(['silent', [expect.stringMatching(/timeout$/)], []]);
  });

  test('but refuses, and has none open: that ends it', async () => {
    const asked = await askSideBySide(dumps(names(30)), {
      does: () => ({ ms: 900 }),
      opens: bearing(0, () => new AdbRefusal('closed')),
    });
    expect([asked.end, asked.told.size]).toEqual([expect.any(AdbRefusal), 0]);
  });
});
