import { createSample } from '../../native/samples/android/profiles.ts';
import type { PhoneFaults } from '../phones/android/faults.ts';
import { startSimulatedPhone } from '../phones/android/simulated-adbd.ts';

/**
 * Simulated phones in a process of their own, so that they take no time from what is measured. Started with `fork`; arguments: how many, and
 * their faults as JSON. Says their addresses, and ends when whoever started it lets go.
 */

const [count = '1', faults = '{}'] = process.argv.slice(2);
const phones = await Promise.all(
  Array.from({ length: Number(count) }, () =>
    startSimulatedPhone({ phone: createSample('pixel-14'), faults: JSON.parse(faults) as Partial<PhoneFaults> }),
  ),
);
process.once('disconnect', () => {
  void Promise.all(phones.map((phone) => phone.stop())).then(() => process.exit());
});
process.send?.(phones.map(({ address }) => address));
