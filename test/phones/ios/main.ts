import { parseArgs } from 'node:util';
import { sampleIphone, sampleIphones } from '../../../native/samples/ios/sample-iphones.ts';
import { letTimePass, takePhoto } from '../../../native/samples/ios/owner-actions.ts';
import { followTyped, tellHow, untilStopped } from '../simulation.ts';
import { SimulatedIphone, pairings, type Pairing } from './simulated-iphone.ts';
import { startSimulatedUsbmuxd } from './simulated-usbmuxd.ts';

const usage = `usage: node test/phones/ios/main.ts [--tcp] [--pairing ${pairings.join('|')}] [SCENARIO…]

Starts a usbmuxd with one simulated iPhone for each scenario (all of them when none is named), prints its address and the
UDIDs, and runs until Ctrl-C; what is typed then happens to an iPhone (photo, lock, unlock, trust, wait, unplug, plug). Scenarios:
${sampleIphones.map(({ id, title }) => `  ${id.padEnd(24)}${title}`).join('\n')}
`;

function isPairing(text: string): text is Pairing {
  return pairings.some((pairing) => pairing === text);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    pairing: { type: 'string', default: 'trusted' },
    tcp: { type: 'boolean', default: false },
  },
});
const { pairing } = values;
const isKnown = positionals.every((id) => sampleIphones.some((scenario) => scenario.id === id));

if (values.help) {
  process.stdout.write(usage);
} else if (!isPairing(pairing) || !isKnown) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const usbmuxd = await startSimulatedUsbmuxd(values.tcp ? { listenOn: 0 } : {});
  const stopping = untilStopped();
  void stopping.then(() => usbmuxd.stop());
  const variable = `USBMUXD_SOCKET_ADDRESS=${usbmuxd.address}`;
  process.stdout.write(`${variable}\n`);
  const plugged: SimulatedIphone[] = [];
  for (const id of positionals.length > 0 ? positionals : sampleIphones.map((scenario) => scenario.id)) {
    const phone = new SimulatedIphone(sampleIphone(id).create(), { pairing });
    usbmuxd.plug(phone);
    plugged.push(phone);
    process.stdout.write(`${phone.udid}\t${id}\n`);
  }
  tellHow(variable, plugged[0]?.udid ?? '');
  followTyped(
    plugged,
    {
      photo: ({ model }) => {
        takePhoto(model, new Date());
        return `A photo was taken; ${model.photos.waiting} wait.`;
      },
      lock: ({ model }) => {
        model.screen = 'locked';
        return 'It is locked.';
      },
      unlock: ({ model }) => {
        model.screen = 'unlocked';
        return 'It is unlocked.';
      },
      trust: ({ trust }) => {
        trust.answer = 'trust';
        return 'Its owner taps Trust when it asks.';
      },
      wait: (phone) => {
        phone.trust.answer = 'no-answer-yet';
        return 'Its owner does not answer when it asks.';
      },
      unplug: ({ udid }) => {
        usbmuxd.unplug(udid);
        return 'The cable is pulled.';
      },
      plug: (phone) => {
        usbmuxd.plug(phone);
        return 'It is plugged in again.';
      },
    },
    stopping,
  );
  // Its engine sends what waits, as long as nothing holds it back.
  const sending = setInterval(() => {
    for (const { model } of plugged) letTimePass(model, 1, new Date());
  }, 60_000);
  void stopping.then(() => clearInterval(sending));
}
