import { sampleIphone } from '../../native/samples/ios/sample-iphones.ts';
import { SimulatedIphone } from '../phones/ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from '../phones/ios/simulated-usbmuxd.ts';
import type { IphoneTraits } from './iphone-apart.ts';

/**
 * A simulated iPhone in a process of its own, so that it takes no time from what is measured. Started with `fork`; argument: its traits as
 * JSON. Says its address, and ends when whoever started it lets go.
 */

const { photos, ...faults } = JSON.parse(process.argv[2] ?? '{}') as Partial<IphoneTraits>;
const usbmuxd = await startSimulatedUsbmuxd();
const phone = new SimulatedIphone(sampleIphone('healthy').create());
Object.assign(phone.faults, faults);
if (photos !== undefined) Object.assign(phone.model.photos, { images: photos, movies: 0 });
usbmuxd.plug(phone);
process.once('disconnect', () => {
  void usbmuxd.stop().then(() => process.exit());
});
process.send?.({ address: usbmuxd.address, udid: phone.udid });
