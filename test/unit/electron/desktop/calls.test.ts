import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTRPCClient, TRPCClientError } from '@trpc/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Api, DesktopBridge, MessageToHost, MessageToWindow } from '../../../../electron/api.ts';
import { Application } from '../../../../electron/app/application.ts';
import { serveCalls, type Calls } from '../../../../electron/desktop/calls.ts';
import { bridgeLink } from '../../../../renderer/program/bridge-link.ts';
import { promptPace } from '../../../prompt-pace.ts';

let home: string;
let app: Application;
let calls: Calls;
let toHost: MessageToHost[];
let client: ReturnType<typeof createTRPCClient<Api>>;

/** Both ends joined as Electron joins them: every message is a structured clone. */
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'phone-health-calls-'));
  app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [], samplePace: promptPace });
  toHost = [];
  const listeners = new Set<(message: MessageToWindow) => void>();
  calls = serveCalls(app, (message) => {
    for (const listener of listeners) listener(structuredClone(message));
  });
  const bridge: DesktopBridge = {
    send(message) {
      toHost.push(message);
      calls.receive(structuredClone(message));
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pathOf: ({ name }) => name,
  };
  client = createTRPCClient<Api>({ links: [bridgeLink(bridge)] });
});
afterEach(async () => {
  calls.stop();
  await app.close();
  await rm(home, { recursive: true, force: true });
});

describe('calls over the desktop bridge', () => {
  test('answer a query and a mutation', async () => {
    expect((await client.about.query()).dataFolder).toBe(home);
    const { phoneId } = await client.addSample.mutate({ profile: 'pixel-14' });
    expect(phoneId).toBe('sample-pixel-14');
  });

  test('carry a subscription to its end: progress, then the report', async () => {
    const { phoneId } = await client.addSample.mutate({ profile: 'pixel-14' });
    const types: string[] = [];
    await new Promise<void>((resolve, reject) => {
      client.scan.subscribe(
        { phoneId, save: false },
        { onData: (event) => types.push(event.type), onError: reject, onComplete: resolve },
      );
    });
    expect(types.at(-1)).toBe('report');
    expect(types.filter((type) => type === 'report')).toHaveLength(1);
    expect(types.length).toBeGreaterThan(5);
  });

  test('leaving a subscription tells the host, which cancels it', async () => {
    const { phoneId } = await client.addSample.mutate({ profile: 'pixel-14' });
    const lists: number[] = [];
    const watching = await new Promise<{ unsubscribe(): void }>((resolve) => {
      const subscription = client.phones.subscribe(undefined, {
        onData: ({ phones }) => {
          lists.push(phones.length);
          resolve(subscription);
        },
      });
    });
    watching.unsubscribe();
    expect(toHost.at(-1)?.type).toBe('stop');
    await client.removeSample.mutate({ phoneId });
    expect(lists).toEqual([1]);
  });

  test('a page that is loaded again counts from the beginning: its first call is answered, that of before is not', async () => {
    const answers: MessageToWindow[] = [];
    const own = serveCalls(app, (message) => answers.push(message));
    own.receive({ id: 1, type: 'subscription', path: 'phones' });
    await expect.poll(() => answers.length).toBeGreaterThan(0);
    own.stop();
    const before = answers.length;
    own.receive({ id: 1, type: 'query', path: 'about' });
    await expect.poll(() => answers.at(-1)?.type).toBe('end');
    expect(answers.slice(before).map(({ type }) => type)).toEqual(['data', 'end']);
  });

  test('give a failure as a problem, and a wrong argument too', async () => {
    const failure: unknown = await client.snapshot.query({ id: '7' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TRPCClientError);
    expect(failure).toMatchObject({ data: { problem: { code: 'unknown-snapshot', details: null } } });
    await expect(client.snapshot.query({ id: 'DROP TABLE' })).rejects.toThrow('must be a number');
  });

  test('what is larger than a window may send is refused, also where it holds itself', async () => {
    const answers: MessageToWindow[] = [];
    const own = serveCalls(app, (message) => answers.push(message));
    const endless: unknown[] = [];
    endless.push(endless, endless);
    const inputs = ['x'.repeat(300_000), new Uint8Array(300_000), new Map([['a', 'x'.repeat(300_000)]]), endless];
    for (const [id, input] of inputs.entries()) own.receive({ id, type: 'query', path: 'about', input });
    own.receive({ id: 9, type: 'query', path: 'about', input: 'x'.repeat(200_000) });
    await expect.poll(() => answers.map(({ id, type }) => [id, type])).toContainEqual([9, 'end']);
    expect(answers.filter(({ id }) => id < 9).map(({ id, type }) => [id, type])).toEqual(
      inputs.map((_input, id) => [id, 'error']),
    );
    expect(answers[0]).toMatchObject({ error: { data: { problem: { code: 'PAYLOAD_TOO_LARGE' } } } });
  });

  test('what is not a message is ignored, and a path that does not exist is refused', async () => {
    for (const message of [
      null,
      'text',
      {},
      { id: 1 },
      { id: 'x', type: 'query', path: 'about' },
      { id: 2, type: 'eval' },
    ]) {
      calls.receive(message);
    }
    const answers: MessageToWindow[] = [];
    const own = serveCalls(app, (message) => answers.push(message));
    own.receive({ id: 3, type: 'query', path: 'constructor' });
    await expect.poll(() => answers.map(({ id, type }) => [id, type])).toEqual([[3, 'error']]);
  });
});
