import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { IphoneQueue } from '../../../../../native/ios/reach/iphone-queue.ts';
import { LibraryWorkerPool } from '../../../../../native/ios/reach/library-worker-pool.ts';
import { questionSchema } from '../../../../../native/ios/reach/library/messages.ts';
import type { StartWorker } from '../../../../../native/worker-process.ts';

/** Each question is answered after as many milliseconds as its first word says, by a process that is spent where the second one says so. */
function queue(): { asks: IphoneQueue; running: Set<number> } {
  let pid = 0;
  const running = new Set<number>();
  const startWorker: StartWorker = (_how, { onMessage, onEnd }) => {
    const mine = (pid += 1);
    running.add(mine);
    return {
      pid: mine,
      hold: () => undefined,
      kill: () => {
        if (running.delete(mine)) onEnd('SIGKILL', '');
      },
      send: (message) => {
        const { id, words } = questionSchema.parse(message);
        const spent = words[1] === 'spent';
        const answer = {
          kind: 'answer',
          id,
          ended: 'whole',
          detail: '',
          code: 0,
          output: new Uint8Array([mine]),
          spent,
        };
        void sleep(Number(words[0])).then(() => running.has(mine) && onMessage(answer));
      },
    };
  };
  const asks = new IphoneQueue('udid', new LibraryWorkerPool({ env: {}, startWorker }));
  onTestFinished(() => asks.close({ ended: 'timeout', detail: '' }));
  return { asks, running };
}

test('an answer tells how long the phone was asked for it, without the questions before it', async () => {
  const { asks } = queue();
  const [, second] = await Promise.all([asks.ask(['200'], 5_000), asks.ask(['50'], 5_000)]);
  expect(second.askedMs).toBeGreaterThanOrEqual(45);
  expect(second.askedMs).toBeLessThan(190);
});

test('a process in which calls hang is ended once it has answered, and another one is asked the next question', async () => {
  const { asks, running } = queue();
  const answers = await Promise.all([asks.ask(['1', 'spent'], 5_000), asks.ask(['1'], 5_000)]);
  expect(answers.map(({ ended, output }) => [ended, ...output])).toEqual([
    ['whole', 1],
    ['whole', 2],
  ]);
  expect([...running]).toEqual([2]);
});
