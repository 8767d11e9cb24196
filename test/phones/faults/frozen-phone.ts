import { takePhoto } from '../android/camera-roll.ts';
import { startSimulatedPhone } from '../android/simulated-adbd.ts';
import { chosenPhotos } from './troubles.ts';

/** A simulated phone with some photos, in a process of its own that a test stops with SIGSTOP. Started with `fork`; says its address. */
const phone = await startSimulatedPhone({ phone: chosenPhotos.phone() });
for (let at = 0; at < 8; at += 1) await takePhoto(phone.files, `/sdcard/DCIM/Camera/IMG_${at}.jpg`, 400_000);

process.on('message', () => {
  void (async () => {
    await phone.stop();
    process.exit();
  })();
});
process.send?.(phone.address);
