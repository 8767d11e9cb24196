import { GOOGLE_PHOTOS } from './profiles/healthy.ts';
import {
  inFrontLikeTheOwner,
  inFrontWithNothing,
  maintenanceMode,
  makeHeadless,
  profile,
  repairMode,
  troubleTheOwner,
  user,
  workProfile,
} from './profiles/users.ts';
import { createSample } from './profiles.ts';
import type { SamplePhone } from './sample-phone.ts';
import type { SampleState } from './state.ts';

/** Who uses a phone, and who is in front of it. */
export interface UserLayout {
  readonly name: string;
  /** The profile whose healthy phone it is made of. */
  readonly profile: string;
  readonly arrange: (state: SampleState) => void;
}

/**
 * Phones as they are sold and used, by their users. In each in which somebody else is in front, the owner's own backup app is in trouble,
 * which must not be seen. Ids, flags and types: AOSP UserInfo and UserManager, 14 and 15; Samsung's and Xiaomi's as `read/user-kind.ts` names them.
 */
export const userLayouts: readonly UserLayout[] = [
  { name: 'owner alone', profile: 'pixel-14', arrange: () => undefined },
  {
    name: 'work profile managed by its employer',
    profile: 'pixel-15',
    arrange: (state) => workProfile(state, false),
  },
  { name: 'company-owned work profile', profile: 'pixel-15', arrange: (state) => workProfile(state, true) },
  // One UI on a healthy sample has it.
  { name: 'Secure Folder', profile: 'samsung-14', arrange: () => undefined },
  {
    name: 'Dual Messenger',
    profile: 'samsung-16',
    arrange: (state) => profile(state, user(95, 'DUAL_APP', '20001030', 'profile.MANAGED'), 'com.whatsapp'),
  },
  {
    name: 'clone',
    profile: 'xiaomi-14',
    arrange: (state) => profile(state, user(999, 'XSpace', '801010', 'profile.CLONE'), 'com.whatsapp'),
  },
  {
    name: 'Private space, locked',
    profile: 'pixel-15',
    arrange: (state) => profile(state, user(11, 'Private space', '1090', 'profile.PRIVATE', false), GOOGLE_PHOTOS),
  },
  {
    name: 'Private space, open',
    profile: 'pixel-15',
    arrange: (state) => profile(state, user(11, 'Private space', '1010', 'profile.PRIVATE'), GOOGLE_PHOTOS),
  },
  {
    name: 'guest',
    profile: 'pixel-14',
    arrange: (state) => {
      inFrontWithNothing(state, user(11, 'Guest', '514', 'full.GUEST'));
      troubleTheOwner(state);
    },
  },
  {
    name: 'second user with the app',
    profile: 'pixel-14',
    arrange: (state) => {
      inFrontLikeTheOwner(state, user(10, 'Ben', '410', 'full.SECONDARY'));
      troubleTheOwner(state);
    },
  },
  {
    name: 'second user without the app',
    profile: 'pixel-14',
    arrange: (state) => {
      inFrontWithNothing(state, user(10, 'Ben', '410', 'full.SECONDARY'));
      troubleTheOwner(state);
    },
  },
  {
    name: 'Samsung maintenance mode',
    profile: 'samsung-16',
    arrange: (state) => {
      maintenanceMode(state);
      troubleTheOwner(state);
    },
  },
  { name: 'Android repair mode', profile: 'pixel-15', arrange: repairMode },
  { name: 'headless system user', profile: 'pixel-16', arrange: makeHeadless },
];

/** A new phone with this layout, in every other respect healthy. */
export function phoneWith({ profile: id, arrange }: UserLayout): SamplePhone {
  const phone = createSample(id, { healthy: true });
  arrange(phone.state);
  return phone;
}
