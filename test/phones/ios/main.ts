import { parseArgs } from 'node:util';
import { sampleIphone, sampleIphones } from '../../../native/samples/ios/sample-iphones.ts';
import { SimulatedIphone, pairings, type Pairing } from './simulated-iphone.ts';
import { startSimulatedUsbmuxd } from './simulated-usbmuxd.ts';

const usage = `usage: node test/phones/ios/main.ts [--tcp] [--pairing ${pairings.join('|')}] [SCENARIO…]

Starts a usbmuxd with one simulated iPhone for each scenario (all of them when none is named), prints its address and the
UDIDs, and runs until SIGTERM. Scenarios:
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
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void usbmuxd.stop());
  process.stdout.write(`USBMUXD_SOCKET_ADDRESS=${usbmuxd.address}\n`);
  for (const id of positionals.length > 0 ? positionals : sampleIphones.map((scenario) => scenario.id)) {
    const phone = new SimulatedIphone(sampleIphone(id).create(), { pairing });
    usbmuxd.plug(phone);
    process.stdout.write(`${phone.udid}\t${id}\n`);
  }
}
