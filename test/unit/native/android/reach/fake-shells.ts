import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { vi } from 'vitest';
import { AnswerRoom } from '../../../../../native/answer-room.ts';
import type { Answer } from '../../../../../native/capture.ts';
import type { OpenShell } from '../../../../../native/android/reach/batch.ts';
import type { Question } from '../../../../../native/android/reach/questions.ts';
import { SideBySide, type AskedEnd } from '../../../../../native/android/reach/side-by-side.ts';
import type { Probe } from '../../../../../native/probe.ts';

/** What a phone does with one command: how long it takes, ms (Infinity: it hangs), and what it says. */
export interface Doing {
  ms: number;
  says?: string;
}

/** A connection whose other end is the test. It closes as a socket does: a little later. */
class FakeSocket extends EventEmitter {
  destroyed = false;

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    queueMicrotask(() => this.emit('close'));
  }
}

export const question = (id: string, argv: readonly string[], asked: 'identity' | 'scan' = 'scan'): Question => ({
  probe: {
    id,
    platform: 'android',
    asked,
    per: 'phone',
    gives: {},
    command: () => argv,
    parse: () => ({ values: {}, unknownLines: 0 }),
  } satisfies Probe,
  app: null,
  argv,
});

/** One dump each of services of their own. */
export const dumps = (names: readonly string[]): Question[] => names.map((name) => question(name, ['dumpsys', name]));

export interface Asked {
  end: AskedEnd | Error;
  tookMs: number;
  /** How each ended, and when it was told. */
  told: Map<string, { ended: Answer['ended']; at: number; says: string }>;
  /** The commands that were begun. */
  begun: string[];
}

export interface Phone {
  does: (command: string, open: number) => Doing;
  /** Rejects where it opens no shell; `open`: how many it has already. */
  opens?: (script: string, open: number) => Promise<void>;
  signal?: AbortSignal;
  scanMs?: number;
}

const line = /^(.*) <\/dev\/null 2>&1; r=\$\?; echo; echo "(\S+) \$r"$/;

const after = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** Asks a phone that is played, by a clock that is played too: 15 s for a question and 45 s for all of them. */
export async function askSideBySide(questions: readonly Question[], phone: Phone): Promise<Asked> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  const told: Asked['told'] = new Map();
  const begun: string[] = [];
  const beganAt = performance.now();
  let shells = 0;
  const run = async (socket: FakeSocket, script: string): Promise<void> => {
    for (const [, command = '', mark = ''] of script.split('\n').map((text) => line.exec(text) ?? [])) {
      begun.push(command);
      const { ms, says = 'x' } = phone.does(command, shells);
      if (ms === Infinity) return;
      await after(ms);
      if (socket.destroyed) return;
      socket.emit('data', Buffer.from(`${says}\n\n${mark} 0\n`));
    }
  };
  const open: OpenShell = async (script, signal) => {
    await phone.opens?.(script, shells);
    signal.throwIfAborted();
    const socket = new FakeSocket();
    shells += 1;
    socket.once('close', () => (shells -= 1));
    void Promise.resolve().then(() => run(socket, script));
    return { socket: socket as unknown as Socket, version: 1 };
  };
  const limit = new AbortController();
  const scanMs = phone.scanMs ?? 45_000;
  setTimeout(() => limit.abort(), scanMs);
  const asking = new SideBySide(questions, {
    open,
    version: 1,
    stillThere: () => Promise.resolve(true),
    deadlineMs: 15_000,
    endsAt: beganAt + scanMs,
    room: new AnswerRoom(),
    signal: AbortSignal.any([limit.signal, ...(phone.signal === undefined ? [] : [phone.signal])]),
    later: { settled: () => Promise.resolve(), take: () => [], inOrder: (all) => [...all] },
    isGivenUp: ({ output }) => Buffer.from(output).toString().startsWith('DUMP TIMEOUT'),
    onAnswer: ({ probe, ended, output }) => {
      const says = Buffer.from(output).toString().trim();
      told.set(probe, { ended, at: performance.now() - beganAt, says });
    },
  });
  try {
    const ended = asking.ask().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    const took = ended.then(() => performance.now() - beganAt);
    await vi.advanceTimersByTimeAsync(100_000);
    return { end: await ended, tookMs: await took, told, begun };
  } finally {
    vi.useRealTimers();
  }
}
