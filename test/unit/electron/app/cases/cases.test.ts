import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { hashOfUnit } from '../../../../../db/case-rows.ts';
import { checkStore, isSound } from '../../../../../db/check-store.ts';
import { openStore, type Store } from '../../../../../db/store.ts';
import { isCaseFile, readCase, writeCase, type CaseDocument } from '../../../../../electron/app/cases/case-file.ts';
import { caseApart } from '../../../../../electron/app/cases/case-apart.ts';
import { Cases } from '../../../../../electron/app/cases/cases.ts';
import { computerClock } from '../../../../../electron/app/program/clock.ts';
import {
  examplePlan,
  exampleSnapshot,
  exampleTicket,
  handedIn,
  pixel,
  temporaryFolder,
  temporaryStore,
} from '../../../db/examples.ts';

const made = { madeAt: '2026-11-28T10:00:00.000Z', program: '1.0.0', redacted: false };

/** A ticket with a phone, two snapshots and a correction; beside it what belongs to nobody else. */
function counter(): { store: Store; ticket: number } {
  const store = temporaryStore();
  store.saveSnapshot(exampleSnapshot({ phone: { ...pixel, id: 'OTHER' }, label: 'of another' }));
  const ticket = store.createTicket(exampleTicket({ phones: [handedIn(pixel)] })).id;
  const before = store.saveSnapshot(exampleSnapshot({ ticket }));
  store.saveSnapshot(exampleSnapshot({ ticket, label: 'after' }));
  const action = store.planAction(examplePlan({ ticket, snapshot: before })).id;
  store.addActionEvent(action, { kind: 'started' });
  store.addActionEvent(action, { kind: 'verified', result: 'taken', after: { runAnyInBackground: 'allow' } });
  return { store, ticket };
}

function exported(): { store: Store; ticket: number; file: string } {
  const { store, ticket } = counter();
  const file = join(temporaryFolder(), 'ada.phonecase');
  writeCase(file, store.collectCase({ tickets: [ticket], snapshots: [] }), made);
  return { store, ticket, file };
}

const statesOf = (units: readonly { kind: string; state: string }[]): string[] =>
  units.map(({ kind, state }) => `${kind} ${state}`);

/** The same file with another document in it, whose hashes are right. */
function forged(file: string, change: (document: CaseDocument) => void): string {
  const document = readCase(file);
  change(document);
  const to = join(temporaryFolder(), 'forged.phonecase');
  writeCase(to, document.content, made);
  return to;
}

describe('a case', () => {
  test('gives another computer the same rows, by their hashes, and its own numbers', () => {
    const { store, ticket, file } = exported();
    const there = temporaryStore();
    there.saveSnapshot(exampleSnapshot({ phone: { ...pixel, id: 'THEIRS' } }));
    const content = readCase(file).content;
    expect(statesOf(there.previewCase(content))).toEqual([
      'customer new',
      'ticket new',
      'snapshot new',
      'snapshot new',
      'action new',
    ]);
    const taken = there.importCase(content);
    expect(taken.map(({ kind, id }) => [kind, id])).toContainEqual(['snapshot', 2]);
    const [here] = there.listTickets();
    const again = there.collectCase({ tickets: [here?.id ?? 0], snapshots: [] });
    expect(again.units.map(hashOfUnit)).toEqual(content.units.map(hashOfUnit));
    expect(there.loadTicket(here?.id ?? 0)).toMatchObject({ customer: { name: 'Ada' }, fault: exampleTicket().fault });
    const [, first] = store.listSnapshots({ ticket });
    const theirs = there.listSnapshots().find(({ uid }) => uid === first?.uid);
    expect(there.loadSnapshot(theirs?.id ?? 0)?.capture).toEqual(store.loadSnapshot(first?.id ?? 0)?.capture);
    expect(there.listActions()).toMatchObject([
      { snapshot: theirs?.id, events: [{ kind: 'started' }, { kind: 'verified' }] },
    ]);
    expect(isSound(checkStore(there.file))).toBe(true);
    expect(statesOf(there.importCase(content))).toEqual(
      statesOf(content.units.map(({ kind }) => ({ kind, state: 'same' }))),
    );
    expect(there.listSnapshots()).toHaveLength(3);
  });

  test('comes back after everything was wiped, row for row', () => {
    const { store, ticket, file } = exported();
    const hashes = store.collectCase({ tickets: [ticket], snapshots: [] }).units.map(hashOfUnit);
    const wiped = temporaryStore();
    const content = readCase(file).content;
    wiped.importCase(content);
    expect(wiped.collectCase({ tickets: [1], snapshots: [] }).units.map(hashOfUnit)).toEqual(hashes);
  });

  test('brings back nothing of a phone that was forgotten here for good', () => {
    const { store, file } = exported();
    store.forgetPhone('PIXEL1');
    const content = readCase(file).content;
    expect(statesOf(store.previewCase(content)).filter((state) => state.startsWith('snapshot'))).toEqual([
      'snapshot erased',
      'snapshot erased',
    ]);
    store.importCase(content);
    expect(store.listSnapshots({ phone: 'PIXEL1' })).toEqual([]);
  });

  test('is none where a row has an id that no server of a chain can keep', () => {
    const { file } = exported();
    const changed = forged(file, ({ content }) => {
      for (const { parts } of content.units) for (const row of parts['ticket_event'] ?? []) row['uid'] = 'x';
    });
    expect(() => readCase(changed)).toThrow(expect.objectContaining({ code: 'case-damaged' }));
  });

  test('brings in nothing that another station of the chain has erased, also where it was never here', () => {
    const { store, ticket, file } = exported();
    const there = temporaryStore();
    there.shop.takeErased([{ uid: store.loadTicket(ticket)?.uid ?? '', station: 2 }], { epoch: 1, x: '1', seq: '1' });
    const content = readCase(file).content;
    there.importCase(content);
    expect(statesOf(there.previewCase(content))).toContain('ticket erased');
    expect(there.loadTicket(1)).toBeNull();
  });

  test('of one snapshot takes nothing of its ticket with it, and is the same where it came from', () => {
    const { store } = counter();
    const content = store.collectCase({ tickets: [], snapshots: [2] });
    expect(content.units.map(({ kind }) => kind)).toEqual(['snapshot', 'action']);
    expect(JSON.stringify(content)).not.toContain('Ada');
    expect(statesOf(store.previewCase(content))).toEqual(['snapshot same', 'action same']);
    const there = temporaryStore();
    there.importCase(content);
    expect(there.listSnapshots()).toMatchObject([{ label: 'before', ticket: null }]);
  });

  test('never changes what is there, and says that it differs', () => {
    const { store, ticket, file } = exported();
    store.changeTicket(ticket, { fault: 'It rings no more.' }, { seen: null, who: 'Kim' });
    const content = readCase(file).content;
    expect(statesOf(store.importCase(content))).toContain('ticket differs');
    expect(store.loadTicket(ticket)?.fault).toBe('It rings no more.');
    expect(store.ticketHistory(ticket)).toHaveLength(3);
  });
});

describe('a case that is not to be believed', () => {
  test('with a changed byte is refused, or says the same, wherever that is, and named where it is in a row', () => {
    const { file } = exported();
    const bytes = readFileSync(file);
    const said = readCase(file).content;
    const refused = expect.objectContaining({
      code: expect.stringMatching(/^(?:case-damaged|case-newer|case-too-large|no-case)$/),
    });
    const changed = join(temporaryFolder(), 'changed.phonecase');
    /** What the file says with one bit changed; a bit that only fills up a block of zstd changes nothing of that. */
    const answered = (at: number): unknown => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 4;
      writeFileSync(changed, copy);
      try {
        return readCase(changed).content;
      } catch (error) {
        return error;
      }
    };
    let refusals = 0;
    let tried = 0;
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 40)) {
      const answer = answered(at);
      tried += 1;
      if (answer instanceof Error) {
        expect(answer, `byte ${at}`).toEqual(refused);
        refusals += 1;
      } else expect(answer, `byte ${at}`).toEqual(said);
    }
    expect(refusals).toBeGreaterThan(tried - 5);
    const head = 8 + bytes.readUInt32LE(4);
    const json = zstdDecompressSync(bytes.subarray(head)).toString('utf8');
    const other = Buffer.concat([
      bytes.subarray(0, head),
      zstdCompressSync(json.replaceAll('"label":"after"', '"label":"aftet"')),
    ]);
    writeFileSync(changed, other);
    expect(() => readCase(changed)).toThrow(/The case is damaged: snapshot [0-9a-f-]{36} was changed/);
  });

  test('of a newer version, of nothing, or of another kind is refused with the reason', () => {
    const { file } = exported();
    const bytes = readFileSync(file);
    const other = join(temporaryFolder(), 'other.phonecase');
    writeFileSync(
      other,
      Buffer.from(bytes.toString('latin1').replace('phone-health-case 1', 'phone-health-case 7'), 'latin1'),
    );
    expect(() => readCase(other)).toThrow(/made by a newer version .*format 7; this program knows 1/);
    for (const content of ['', 'Dear Ada', bytes.subarray(0, 20)]) {
      writeFileSync(other, content);
      expect(() => readCase(other)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^(?:no-case|case-damaged)$/) }),
      );
    }
    expect(() => readCase(`${other}-nowhere`)).toThrow(expect.objectContaining({ code: 'no-case' }));
  });

  test('that unpacks to more than any real one is refused before it takes any memory', () => {
    const { file } = exported();
    const bytes = readFileSync(file);
    const head = bytes.subarray(0, 8 + bytes.readUInt32LE(4));
    const bomb = join(temporaryFolder(), 'bomb.phonecase');
    writeFileSync(bomb, Buffer.concat([head, zstdCompressSync(Buffer.alloc(97 * 1024 * 1024))]));
    expect(() => readCase(bomb)).toThrow(expect.objectContaining({ code: 'case-too-large' }));
    writeFileSync(bomb, Buffer.concat([head, zstdCompressSync(`[${'{},'.repeat(1_000_001)}{}]`)]));
    expect(() => readCase(bomb)).toThrow(expect.objectContaining({ code: 'case-too-large' }));
  });

  test.each<[what: string, change: (document: CaseDocument) => void]>([
    [
      'an id twice',
      ({ content }) => {
        content.units.push(...content.units.slice(0, 1));
      },
    ],
    [
      'a row that cannot be read',
      ({ content }) => {
        for (const { kind, row } of content.units) if (kind === 'snapshot') row['phone_json'] = '{"id":"PIXEL1"}';
      },
    ],
    [
      'a capture that is none',
      ({ content }) => {
        for (const { parts } of content.units)
          for (const row of parts['snapshot_content'] ?? []) row['capture_json'] = '[]';
      },
    ],
    [
      'a column and a table of its own',
      ({ content }) => {
        for (const { row } of content.units) row['x" ; DROP TABLE snapshot; --'] = 1;
      },
    ],
    [
      'a phone that it does not name',
      ({ content }) => {
        content.phones = [];
      },
    ],
    [
      'a ticket that is not what its events add up to',
      ({ content }) => {
        for (const { kind, row } of content.units) if (kind === 'ticket') row['status'] = 'ready';
      },
    ],
    [
      'a ticket whose fault is not the one in its events',
      ({ content }) => {
        for (const { kind, row } of content.units) if (kind === 'ticket') row['fault'] = 'another';
      },
    ],
    [
      'a ticket closed at a time that its events do not know',
      ({ content }) => {
        for (const { kind, row } of content.units) if (kind === 'ticket') row['closed_at'] = '2020-01-01T00:00:00.000Z';
      },
    ],
    [
      'a customer who was told otherwise',
      ({ content }) => {
        for (const { kind, row } of content.units) if (kind === 'customer') row['name'] = 'Another';
      },
    ],
    [
      'a name that nobody can enter',
      ({ content }) => {
        for (const { kind, row, parts } of content.units) {
          if (kind !== 'customer') continue;
          row['name'] = 'x'.repeat(1000);
          for (const event of parts['customer_event'] ?? []) {
            event['detail_json'] = JSON.stringify({ name: row['name'], contact: row['contact'] });
          }
        }
      },
    ],
    [
      'a number of its own for a ticket',
      ({ content }) => {
        for (const { kind, row } of content.units) if (kind === 'ticket') row['id'] = Number.MAX_SAFE_INTEGER;
      },
    ],
    [
      'a number of its own for an event',
      ({ content }) => {
        for (const { parts } of content.units) for (const event of parts['ticket_event'] ?? []) event['id'] = 7;
      },
    ],
    [
      'a ticket that was opened at no time',
      ({ content }) => {
        for (const { kind, row, parts } of content.units) {
          if (kind !== 'ticket') continue;
          row['created_at'] = row['changed_at'] = 'nope';
          for (const event of parts['ticket_event'] ?? []) event['at'] = 'nope';
        }
      },
    ],
  ])('with %s gets nothing in', (_what, change) => {
    const { file } = exported();
    const there = temporaryStore();
    there.saveSnapshot(exampleSnapshot({ label: 'theirs' }));
    const { content } = readCase(forged(file, change));
    expect(() => there.importCase(content)).toThrow(expect.objectContaining({ code: 'case-unfit' }));
    expect(there.listSnapshots().map(({ label }) => label)).toEqual(['theirs']);
    expect(there.listTickets()).toEqual([]);
    expect(there.listPhones().map(({ id }) => id)).toEqual(['PIXEL1']);
    expect(isSound(checkStore(there.file))).toBe(true);
  });

  test('with a time that is none, or is yet to come, gets nothing in, and says which', () => {
    const { store, ticket } = counter();
    const content = store.collectCase({ tickets: [ticket], snapshots: [] });
    const there = temporaryStore();
    const refusal = (of: string, column: string, part: string | null, time: string): unknown => {
      const changed = structuredClone(content);
      for (const { kind, row, parts } of changed.units) {
        if (kind === of) for (const one of part === null ? [row] : (parts[part] ?? [])) one[column] = time;
      }
      return () => there.importCase(changed);
    };
    for (const time of ['9999-99-99', 'yesterday', '2026-11-29', '', '9999-12-31T23:59:59.999Z']) {
      const why = time.startsWith('9999-12') ? 'is in the future' : 'is no time';
      for (const [of, column, part] of [
        ['action', 'planned_at', null],
        ['action', 'at', 'action_event'],
        ['snapshot', 'taken_at', null],
        ['snapshot', 'saved_at', null],
        ['ticket', 'at', 'ticket_event'],
      ] as const) {
        expect(refusal(of, column, part, time), `${time} ${column}`).toThrow(`${part ?? of}.${column} ${why}`);
      }
    }
    expect(there.listSnapshots()).toEqual([]);
    expect(there.importCase(content).every(({ state }) => state === 'new')).toBe(true);
  });

  test('with the id of an action of this computer on another row gets nothing in, and the action stays its own', () => {
    const { file } = exported();
    const there = temporaryStore();
    const own = there.planAction(examplePlan());
    for (const part of [true, false]) {
      const { content } = readCase(
        forged(file, (document) => {
          const unit = document.content.units.find(({ kind }) => kind === 'snapshot');
          const event = document.content.units.find(({ kind }) => kind === 'action')?.parts['action_event']?.[0];
          if (unit === undefined || event === undefined) throw new Error('no snapshot or no event');
          if (part) event['uid'] = own.uid;
          else unit.uid = unit.row['uid'] = own.uid;
        }),
      );
      expect(() => there.importCase(content)).toThrow(expect.objectContaining({ code: 'case-unfit' }));
    }
    expect(there.loadAction(own.id)?.takenIn).toBe(false);
  });

  test('is never written over another file', () => {
    const { store, file } = exported();
    expect(() => writeCase(file, store.collectCase({ tickets: [1], snapshots: [] }), made)).toThrow(
      expect.objectContaining({ code: 'file-exists' }),
    );
    expect(openStore(temporaryFolder()).previewCase(readCase(file).content)).toHaveLength(5);
  });
});

describe('a case that a window has opened', () => {
  test.each([
    ['where it is asked for', undefined],
    ['in a process of its own', 0],
  ])('is held until it is taken in or put away, or another is opened: %s', async (_where, largestInPlace) => {
    const { file } = exported();
    const there = temporaryStore();
    const cases = new Cases({
      store: () => there,
      clock: computerClock,
      numberOf: ({ id }) => `A-${id}`,
      ...(largestInPlace === undefined ? {} : { largestInPlace }),
    });
    const { case: first } = await cases.open(file);
    const { case: second } = await cases.open(file);
    await expect(cases.opened(first)).rejects.toMatchObject({ code: 'case-closed' });
    expect(await cases.take(second)).toEqual({ ticket: '1', phoneId: 'PIXEL1' });
    await expect(cases.take(second)).rejects.toMatchObject({ code: 'case-closed' });
    const { case: third } = await cases.open(file);
    expect((await cases.opened(third)).tickets).toMatchObject([{ here: 'A-1', state: 'same' }]);
    cases.leave(third);
    await expect(cases.opened(third)).rejects.toMatchObject({ code: 'case-closed' });
    const torn = join(temporaryFolder(), 'torn.phonecase');
    writeFileSync(torn, readFileSync(file).subarray(0, -9));
    await expect(cases.open(torn)).rejects.toMatchObject({ code: 'case-damaged' });
  });

  test('is given up where the process that reads it says nothing for ten minutes', async () => {
    vi.useFakeTimers();
    try {
      const silent = { pid: undefined, send: () => undefined, hold: () => undefined, kill: vi.fn() };
      const job = { folder: '/nowhere', file: '/nowhere/x', work: 'show' } as const;
      const reading = caseApart(job, { startWorker: () => silent });
      const told = expect(reading).rejects.toMatchObject({ code: 'case-not-read' });
      await vi.advanceTimersByTimeAsync(600_000);
      await told;
      expect(silent.kill).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });

  test('is no pipe, which would be waited for', () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(isCaseFile(pipe)).toBe(false);
    expect(() => readCase(pipe)).toThrow(expect.objectContaining({ code: 'no-case' }));
  });

  test('is known by how its file begins; a folder, and what is not there, is none', () => {
    const { file } = exported();
    expect([isCaseFile(file), isCaseFile(temporaryFolder()), isCaseFile(`${file}-nowhere`)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
