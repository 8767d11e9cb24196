import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AdbServer } from '../../../native/android/reach/adb-server.ts';
import { AdbSource } from '../../../native/android/reach/adb-source.ts';
import type { PhoneState } from '../../../native/phone.ts';
import { comparable } from '../android/comparable.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startSimulatedPhone, type SimulatedPhone } from '../android/simulated-adbd.ts';
import { Sitting } from './sitting.ts';
import { chosenPhotos } from './troubles.ts';
import { lies, truthOf } from './truth.ts';

let server: TestAdbServer;
let source: AdbSource;
beforeAll(async () => {
  server = await startAdbServer();
  source = new AdbSource(new AdbServer({ host: '127.0.0.1', port: server.port }));
});
afterAll(async () => {
  await source.close();
  await server.stop();
});

/** Resolves when adb knows the phone to be in this state. */
async function stateIs(phone: SimulatedPhone, state: PhoneState): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = source.watch(({ phones }) => {
    if (phones.some((one) => one.id === phone.address && one.state === state)) resolve();
  });
  await promise;
  stop();
}

/** What befalls the phone, and what makes it well again. */
interface Fault {
  name: string;
  strike: (phone: SimulatedPhone) => void;
  mend: (phone: SimulatedPhone) => Promise<unknown>;
}

const pulled: Fault = {
  name: 'the cable is pulled',
  strike: (phone) => void phone.pullCable(),
  mend: async (phone) => {
    await phone.plugIn();
    await server.connectAgain(phone);
  },
};
const locked: Fault = {
  name: 'the phone takes its permission back',
  strike: (phone) => phone.lock(),
  mend: async (phone) => {
    await stateIs(phone, 'unauthorized');
    phone.acceptDialog();
    await stateIs(phone, 'ready');
  },
};

const images = 'android.permission.READ_MEDIA_IMAGES';
const video = 'android.permission.READ_MEDIA_VIDEO';

/** Every command of the correction and of its way back: what befalls the phone then, does so before it runs or before its answer. */
const moments = ['pm grant', 'pm revoke'].flatMap((verb) =>
  [images, video].flatMap((permission) =>
    (['before', 'after'] as const).map((when) => ({ verb, permission, when, undoing: verb === 'pm revoke' })),
  ),
);

test.each([pulled, locked].flatMap((fault) => moments.map((moment, at) => ({ fault, ...moment, at }))))(
  '$fault.name $when "$verb … $permission": the store says what is so, and it is brought to an end',
  async ({ fault, verb, permission, when, undoing, at }) => {
    const truth = await truthOf(chosenPhotos);
    const phone = await startSimulatedPhone({ phone: chosenPhotos.phone() });
    await server.connect(phone);
    const sitting = new Sitting({ source, phoneId: phone.address });
    const state = () => comparable(phone.model);
    const told = () => lies(truth, state(), sitting.actions(), sitting.interrupted());
    try {
      if (undoing) await sitting.correct(chosenPhotos.cause, chosenPhotos.app);
      const command = `${verb} --user 0 ${chosenPhotos.app} ${permission}`;
      const strike = () => fault.strike(phone);
      if (when === 'before') phone.faults.before = { command, act: strike };
      else {
        phone.faults.cut = {
          command,
          afterBytes: 0,
          onCut: () => {
            phone.faults.cut = null;
            strike();
          },
        };
      }
      const outcome = undoing
        ? (await sitting.undo('1')).outcome
        : (await sitting.correct(chosenPhotos.cause, chosenPhotos.app))?.outcome;
      expect(outcome?.result).toBe('unverified');
      expect(told()).toEqual([]);
      expect(sitting.interrupted()).toEqual(['1']);

      await fault.mend(phone);
      sitting.openAgain();
      expect(told()).toEqual([]);
      const finishes = at % 2 === 0;
      expect((await (finishes ? sitting.finish('1') : sitting.undo('1'))).outcome.result).toBe('taken');
      expect(told()).toEqual([]);
      expect(sitting.interrupted()).toEqual([]);
      const isFormer = isDeepStrictEqual(state(), truth.former);
      expect(isFormer).toBe(undoing || !finishes);
    } finally {
      sitting.end();
      await server.disconnect(phone);
      await phone.stop();
    }
  },
);
