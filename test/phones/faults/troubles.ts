import { createSample } from '../../../native/samples/android/profiles.ts';
import type { SamplePhone } from '../../../native/samples/android/sample-phone.ts';

const photos = 'com.google.android.apps.photos';
const oneDrive = 'com.microsoft.skydrive';

/** A phone whose trouble takes a correction of so many commands. */
export interface Trouble {
  name: string;
  cause: string;
  app: string | null;
  /** Id of the correction. */
  correction: string;
  commands: number;
  /** Nothing puts it back. */
  irreversible: boolean;
  phone: () => SamplePhone;
}

function pixelAfter(...commands: readonly string[]): SamplePhone {
  const phone = createSample('pixel-14');
  for (const command of commands) phone.run(command.split(' '));
  return phone;
}

export const exemption: Trouble = {
  name: 'an exemption',
  cause: 'battery-optimized',
  app: photos,
  correction: 'exempt-app',
  commands: 1,
  irreversible: false,
  phone: () => pixelAfter(),
};

export const chosenPhotos: Trouble = {
  name: 'two permissions in place of chosen photos',
  cause: 'photos-permission-partial',
  app: oneDrive,
  correction: 'grant-all-photos',
  commands: 2,
  irreversible: false,
  phone: () => pixelAfter(),
};

/** Every correction of the catalog that takes more than one command, one that takes one, and two that nothing puts back. */
export const troubles: readonly Trouble[] = [
  exemption,
  {
    name: 'a bucket and an app-op of an app that sleeps',
    cause: 'maker-sleeping',
    app: oneDrive,
    correction: 'wake-sleeping-app',
    commands: 2,
    irreversible: false,
    phone: () => createSample('samsung-14'),
  },
  {
    name: 'two permissions that were taken away',
    cause: 'photos-permission',
    app: photos,
    correction: 'grant-photos',
    commands: 2,
    irreversible: false,
    phone: () =>
      pixelAfter(
        `pm revoke --user 0 ${photos} android.permission.READ_MEDIA_IMAGES`,
        `pm revoke --user 0 ${photos} android.permission.READ_MEDIA_VIDEO`,
      ),
  },
  chosenPhotos,
  {
    name: 'a cache',
    cause: 'cache-suspect',
    app: photos,
    correction: 'clear-cache-over-usb',
    commands: 1,
    irreversible: true,
    phone: () => {
      const phone = pixelAfter();
      const app = phone.state.apps.find((one) => one.package === photos);
      for (const { size } of app?.users ?? []) size.cacheBytes = 4_000_000_000;
      return phone;
    },
  },
  {
    name: 'a restart',
    cause: 'restart-due',
    app: null,
    correction: 'restart-over-usb',
    commands: 1,
    irreversible: true,
    phone: () => createSample('pixel-16'),
  },
];
