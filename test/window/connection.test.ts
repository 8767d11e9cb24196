import { describe, expect } from 'vitest';
import { createIphoneSource } from '../../native/ios/reach/iphone-source.ts';
import { sampleIphone } from '../../native/samples/ios/sample-iphones.ts';
import { missingTools } from '../phones/ios/debian-tools.ts';
import { SimulatedIphone, type Pairing } from '../phones/ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd, type SimulatedUsbmuxd } from '../phones/ios/simulated-usbmuxd.ts';
import type { TrustAnswer } from '../phones/ios/trust.ts';
import type { OpenedWindow } from './open-window.ts';
import { listed, StagedSource } from './staged-source.ts';
import { test } from './window-test.ts';
import { builtLibraryProcess } from '../phones/ios/built-library-process.ts';

/** `CONNECTION_PICTURES=folder` keeps a picture of each state, to be looked at. */
async function picture({ page }: OpenedWindow, name: string): Promise<void> {
  const folder = process.env['CONNECTION_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

describe.skipIf(missingTools.length > 0)('an iPhone is paired', () => {
  let usbmuxd: SimulatedUsbmuxd;
  let window: OpenedWindow;
  test.beforeEach(async ({ open, onTestFinished }) => {
    usbmuxd = await startSimulatedUsbmuxd();
    onTestFinished(() => usbmuxd.stop());
    const env = { ...process.env, USBMUXD_SOCKET_ADDRESS: usbmuxd.address };
    window = await open({ sources: [createIphoneSource({ entry: builtLibraryProcess, env })] });
  });

  function plug(id: string, options: { pairing: Pairing; trustAnswer?: TrustAnswer }): SimulatedIphone {
    const phone = new SimulatedIphone(sampleIphone(id).create(), options);
    usbmuxd.plug(phone);
    return phone;
  }
  const told = (title: string) => window.page.getByRole('main').getByText(title, { exact: true }).waitFor();
  const scanButton = () => window.page.getByRole('button', { name: /^Scan/ });
  const pairAgain = () => window.page.getByRole('main').getByRole('button', { name: 'Pair again' });

  test('that never met this computer: unlocked and trusted on the phone, nothing pressed in the window', async () => {
    const phone = plug('locked', { pairing: 'never', trustAnswer: 'no-answer-yet' });
    await told('Unlock the iPhone, then tap Trust');
    await picture(window, 'locked');
    phone.model.screen = 'unlocked';
    await told('Tap Trust on the iPhone');
    expect(await pairAgain().count()).toBe(0);
    await picture(window, 'trust');
    phone.trust.answer = 'trust';
    await scanButton().waitFor();
    await picture(window, 'ready');
    expect(phone.trust.dialogsShown).toBe(1);
  });

  test('that forgot this computer, by itself', async () => {
    const phone = plug('healthy', { pairing: 'forgotten' });
    await scanButton().waitFor();
    expect(phone.trust.dialogsShown).toBe(1);
  });

  test('whose owner tapped Don’t Trust, by Pair again', async () => {
    const phone = plug('healthy', { pairing: 'never', trustAnswer: 'refuse' });
    await told('Don’t Trust was tapped');
    await picture(window, 'declined');
    phone.trust.answer = 'trust';
    await pairAgain().click();
    await scanButton().waitFor();
    expect(phone.trust.dialogsShown).toBe(2);
  });

  test('whose pairing is out of date, by Pair again; where that does not help, the other causes are named', async () => {
    const phone = plug('healthy', { pairing: 'stale' });
    await told('The pairing is out of date: pair again');
    expect(phone.trust.dialogsShown).toBe(0);
    phone.trust.failsTls = true;
    await pairAgain().click();
    await told('Paired, but the iPhone still cannot be read: the cause is elsewhere');
    await told('Compare date and time: this computer and the iPhone must both be right.');
    await picture(window, 'in-vain');
    await window.page.getByRole('main').getByRole('link', { name: 'Connection help' }).click();
    const state = window.page.getByRole('heading', { name: 'The phone is shown as: Waiting for Trust on the phone' });
    await state.waitFor();
    await window.page.getByText('Stolen Device Protection', { exact: true }).waitFor();
    await picture(window, 'help-untrusted');
  });
});

describe('help', () => {
  let source: StagedSource;
  let window: OpenedWindow;
  test.beforeEach(async ({ open }) => {
    source = new StagedSource();
    window = await open({ sources: [source] });
  });

  const missing = {
    code: 'usbmuxd-stopped',
    platform: 'ios' as const,
    message: 'No iPhone can be seen: the program that sees them, usbmuxd, is not running.',
    brief: 'usbmuxd is not running',
    remedy: {
      title: 'Start the program that sees iPhones, usbmuxd',
      steps: ['Open a terminal and type: sudo usbmuxd'],
    },
  };

  test('is reached from the first screen, with what keeps a phone from being seen on top', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Plugged in, and not here?' }).click();
    await page.getByRole('heading', { level: 1, name: 'Connection help' }).waitFor();
    await page.getByRole('heading', { level: 2, name: 'No phone is seen' }).waitFor();
    await page
      .getByText('Settings > Security and privacy > Auto Blocker: off. Then switch USB debugging on.')
      .waitFor();
    await picture(window, 'help-unseen');
  });

  test.each([
    ['unauthorized', 'A permission that was not used for 7 days ends. Unlock the phone and allow USB debugging again.'],
    ['offline', 'Many cables only charge. Take the one that came with the phone, or one that is sold for data.'],
    [
      'no-permission',
      'Close Android Studio, emulators and phone managers, then unplug the phone and plug it in again.',
    ],
  ] as const)('is reached from a phone that is %s, with what explains that', async (state, words) => {
    const { page } = window;
    source.show([listed('A1', { state, remedy: { title: 'Not yet', steps: ['Look at the phone.'] } })]);
    await page.getByRole('main').getByRole('link', { name: 'Connection help' }).click();
    await page.getByRole('heading', { level: 2, name: /^The phone is shown as: / }).waitFor();
    await page.getByText(words).waitFor();
  });

  test('for iPhones is one quiet line on every screen, opened on wish, until somebody says that it is an iPhone', async () => {
    const { page } = window;
    source.show([], [missing]);
    const quiet = page.getByText('iPhones: not set up on this computer', { exact: true });
    await quiet.waitFor();
    expect(await page.getByText(missing.message).filter({ visible: true }).count()).toBe(0);
    await picture(window, 'quiet');
    await quiet.click();
    await page.getByRole('navigation', { name: 'Phones' }).getByText(missing.message).waitFor();
    await page.getByText('It’s an iPhone').click();
    await page.getByRole('main').getByRole('status').getByText(missing.message).waitFor();
    await picture(window, 'asked');
    source.show([listed('A1', { model: 'Pixel 9' })], [missing]);
    await page.getByRole('heading', { level: 1, name: 'Pixel 9' }).waitFor();
    await page.getByText('iPhones: not set up on this computer', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Bench' }).click();
    await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
    expect(await page.getByText(/usbmuxd/).count()).toBe(0);
  });
});
