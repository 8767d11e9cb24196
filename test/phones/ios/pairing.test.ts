import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Application } from '../../../electron/app/application.ts';
import { createIphoneSource } from '../../../native/ios/reach/iphone-source.ts';
import type { ListedPhone } from '../../../native/phone.ts';
import type { PhoneList } from '../../../native/source.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import { runCli, startCli } from '../terminal/run-cli.ts';
import { missingTools } from './debian-tools.ts';
import { SimulatedIphone, type Pairing } from './simulated-iphone.ts';
import { startSimulatedUsbmuxd, type SimulatedUsbmuxd } from './simulated-usbmuxd.ts';
import type { TrustAnswer } from './trust.ts';
import { builtLibraryProcess } from './built-library-process.ts';

let usbmuxd: SimulatedUsbmuxd;
beforeEach(async () => {
  usbmuxd = await startSimulatedUsbmuxd();
});
afterEach(() => usbmuxd.stop());

function plug(id: string, options: { pairing?: Pairing; trustAnswer?: TrustAnswer } = {}): SimulatedIphone {
  const phone = new SimulatedIphone(sampleIphone(id).create(), options);
  usbmuxd.plug(phone);
  return phone;
}

/** No adb: nothing listens on port 1, and none is found that could be started. */
const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  USBMUXD_SOCKET_ADDRESS: usbmuxd.address,
  ANDROID_ADB_SERVER_PORT: '1',
  PATH: '/nonexistent',
});
const titleOf = (phone: ListedPhone | undefined): string => phone?.remedy?.title ?? phone?.state ?? 'no phone';

const suite = describe.skipIf(missingTools.length > 0);

const pairAgain = expect.objectContaining({ action: 'pair-again' });

suite('while a window is open', () => {
  let home: string;
  let app: Application;
  let closed: AbortController;
  let following: Promise<void>;
  /** What the window was told of the first phone, each change once. */
  let told: string[];
  let present: PhoneList;
  let wake: () => void;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'phone-health-'));
    app = new Application({
      env: { PHONE_HEALTH_HOME: home },
      sources: [createIphoneSource({ entry: builtLibraryProcess, env: environment() })],
    });
    closed = new AbortController();
    told = [];
    present = { phones: [], troubles: [] };
    wake = () => undefined;
    following = (async () => {
      for await (const list of app.watchPhones(closed.signal)) {
        present = list;
        const title = titleOf(list.phones[0]);
        if (told.at(-1) !== title) told.push(title);
        wake();
      }
    })();
  });
  afterEach(async () => {
    closed.abort();
    await following;
    await app.close();
    await rm(home, { recursive: true, force: true });
  });

  async function until(title: string): Promise<void> {
    while (titleOf(present.phones[0]) !== title) {
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      await promise;
    }
  }

  test('an iPhone that never met this computer asks its owner by itself, once, and is ready when Trust is tapped', async () => {
    const phone = plug('healthy', { pairing: 'never', trustAnswer: 'no-answer-yet' });
    await until('Tap Trust on the iPhone');
    phone.trust.answer = 'trust';
    await until('ready');
    expect(phone.trust.dialogsShown).toBe(1);
  });

  test('one that forgot this computer asks by itself too', async () => {
    const phone = plug('healthy', { pairing: 'forgotten' });
    await until('ready');
    expect(phone.trust.dialogsShown).toBe(1);
  });

  test('one that is locked says so until it is unlocked, and asks then', async () => {
    const phone = plug('locked', { pairing: 'never' });
    await until('Unlock the iPhone, then tap Trust');
    expect(present.phones[0]?.state).toBe('locked');
    expect(phone.trust.dialogsShown).toBe(0);
    phone.model.screen = 'unlocked';
    await until('ready');
    expect(phone.trust.dialogsShown).toBe(1);
    expect(told).not.toContain('Unlock the iPhone');
  });

  test('one whose owner declined is left in peace until Pair again', async () => {
    const phone = plug('healthy', { pairing: 'never', trustAnswer: 'refuse' });
    await until('Don’t Trust was tapped');
    expect(present.phones[0]?.remedy).toEqual(pairAgain);
    // Looked at again and again, it is not asked again.
    await app.phones();
    await app.phones();
    expect(phone.trust.dialogsShown).toBe(1);
    phone.trust.answer = 'trust';
    expect(await app.pairing.pair(phone.udid)).toMatchObject({ state: 'ready', remedy: null });
    expect(phone.trust.dialogsShown).toBe(2);
  });

  test('one that forgot this computer, and whose owner declined, is not asked again either', async () => {
    const phone = plug('healthy', { pairing: 'forgotten', trustAnswer: 'refuse' });
    await until('Don’t Trust was tapped');
    await app.phones();
    await app.phones();
    expect(titleOf(present.phones[0])).toBe('Don’t Trust was tapped');
    expect(phone.trust.dialogsShown).toBe(1);
  });

  test('a pairing that is out of date is made anew on request only', async () => {
    const phone = plug('healthy', { pairing: 'stale' });
    await until('The pairing is out of date: pair again');
    expect(present.phones[0]?.remedy).toEqual(pairAgain);
    expect(phone.trust.dialogsShown).toBe(0);
    expect(await app.pairing.pair(phone.udid)).toMatchObject({ state: 'ready' });
  });

  test('a pairing that works and does not help names the other causes instead of pairing for ever', async () => {
    const phone = plug('healthy', { pairing: 'never' });
    phone.trust.failsTls = true;
    await until('Paired, but the iPhone still cannot be read: the cause is elsewhere');
    const { remedy, state } = present.phones[0] ?? {};
    expect(state).toBe('untrusted');
    expect(remedy).toEqual(pairAgain);
    expect(remedy?.steps[0]).toBe('Compare date and time: this computer and the iPhone must both be right.');
    await app.phones();
    expect(phone.trust.dialogsShown).toBe(1);
    phone.trust.failsTls = false;
    expect(await app.pairing.pair(phone.udid)).toMatchObject({ state: 'ready' });
  });

  test('a phone that was made to forget this computer here is not asked at once', async () => {
    const phone = plug('healthy', { pairing: 'trusted' });
    await until('ready');
    expect(await app.farewells.forget(phone.udid)).toEqual({ trust: 'removed', detail: null, waits: null });
    await until('The iPhone does not trust this computer any more');
    await app.phones();
    expect(phone.trust.dialogsShown).toBe(0);
  });
});

suite('phone-health pair', () => {
  test('waits for the owner, says what to do meanwhile, and ends with 0', async () => {
    const phone = plug('locked', { pairing: 'never' });
    const child = startCli(['pair', phone.udid], environment());
    let errors = '';
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
      if (errors.includes('Unlock the iPhone, then tap Trust')) phone.model.screen = 'unlocked';
    });
    const code = await new Promise((resolve) => {
      child.on('close', resolve);
    });
    expect([code, output]).toEqual([0, 'The iPhone trusts this computer.\n']);
    expect(phone.trust.dialogsShown).toBe(1);
  });

  test('ends with 3 and what to do where the owner declined', async () => {
    const phone = plug('healthy', { pairing: 'never', trustAnswer: 'refuse' });
    const run = await runCli(['pair', phone.udid], environment());
    expect([run.code, run.stdout]).toEqual([3, '']);
    expect(run.stderr).toMatch(/^Don’t Trust was tapped\n {2}1\. Pair again, and tap Trust on the iPhone\.\n/);
  });

  test('is named by the list of phones and by a scan that it would help, between unlocking and tapping Trust', async () => {
    const phone = plug('healthy', { pairing: 'never' });
    const env = environment();
    const listed = await runCli(['phones'], env);
    const steps = `  1. Unlock the iPhone and leave it plugged in.
  2. Run: phone-health pair ${phone.udid}
  3. On the iPhone tap Trust and type the passcode.
`;
    expect(listed.stdout).toContain(steps);
    const scanned = await runCli(['scan', phone.udid], env);
    expect(scanned.code).toBe(3);
    expect(scanned.stderr).toContain(steps.replaceAll(/\d\. /g, ''));
    expect(phone.trust.dialogsShown).toBe(0);
  });
});
