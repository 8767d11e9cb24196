import { isKnown, type AppReading } from '../../reading.ts';
import { unavailable, type Unavailable } from '../../unavailable.ts';

const notInstalled = unavailable('missing', 'The app is not installed.');
const unknownUid = unavailable('missing', "The app's uid is not known.");

/** The uid under which dumps list an app, as earlier probes have read it. */
export function appUid({ installed, uid }: AppReading): number | Unavailable {
  if (isKnown(uid)) return uid.value;
  return isKnown(installed) && !installed.value ? notInstalled : unknownUid;
}
