import { randomBytes } from 'node:crypto';
import { phoneWithoutPhotos, takePhoto } from '../phones/android/camera-roll.ts';
import { startSimulatedPhone } from '../phones/android/simulated-adbd.ts';

/**
 * A simulated phone in a process of its own, so that it takes no time from what is measured. Started with `fork`; arguments:
 * number of photos and bytes in all.
 */

/** What the bench may tell it; each is answered with `done`. */
export type PhoneOrder = { kind: 'pull-cable-after'; bytes: number } | { kind: 'plug-in' } | { kind: 'stop' };
/** What it says. `pulled`: the cable is out now. */
export type PhoneWord = { kind: 'ready'; address: string; port: number; files: string } | { kind: 'done' | 'pulled' };

const [count = 0, bytes = 0] = process.argv.slice(2).map(Number);
const say = (word: PhoneWord): void => void process.send?.(word);

const phone = await startSimulatedPhone({ phone: phoneWithoutPhotos() });
for (let at = 0; at < count; at += 1) {
  // From half the mean size to one and a half of it, like photos among videos.
  const size = Math.round((bytes / count) * (0.5 + at / Math.max(1, count - 1)));
  const name = `IMG_${String(at).padStart(5, '0')}.jpg`;
  await takePhoto(phone.files, `/sdcard/DCIM/Camera/${name}`, randomBytes(size));
}

process.on('message', (order: PhoneOrder) => {
  void (async () => {
    switch (order.kind) {
      case 'pull-cable-after':
        phone.faults.cut = {
          command: 'sync:',
          afterBytes: order.bytes,
          onCut: () => {
            phone.faults.cut = null;
            void phone.pullCable();
            say({ kind: 'pulled' });
          },
        };
        break;
      case 'plug-in':
        await phone.plugIn();
        break;
      case 'stop':
        await phone.stop();
    }
    say({ kind: 'done' });
    if (order.kind === 'stop') process.disconnect();
  })();
});
say({ kind: 'ready', address: phone.address, port: phone.port, files: phone.files });
