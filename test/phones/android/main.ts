import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { letTimePass } from '../../../native/samples/android/backup.ts';
import { createSample, sampleProfiles } from '../../../native/samples/android/profiles.ts';
import type { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { tellHow, untilStopped } from '../simulation.ts';
import { startAdbServer } from './adb-server.ts';
import { startSimulatedPhone, type SimulatedPhone } from './simulated-adbd.ts';

/** `node test/phones/android/main.ts [--profile ID]… [--healthy] [--slow]`: simulated phones behind a real adb server, until Ctrl-C. */
const { values } = parseArgs({
  options: {
    profile: { type: 'string', multiple: true },
    healthy: { type: 'boolean', default: false },
    slow: { type: 'boolean', default: false },
  },
});
const ids = values.profile ?? ['pixel-14'];
const unknown = ids.filter((id) => !sampleProfiles.some((profile) => profile.id === id));
if (unknown.length > 0) {
  process.stderr.write(`No such profile: ${unknown.join(', ')}. There are:\n`);
  for (const { id, title } of sampleProfiles) process.stderr.write(`  ${id.padEnd(12)} ${title}\n`);
  process.exit(2);
}

/** A few seconds off, and a few more until it has started to the end. */
async function startUp(phone: SimulatedPhone): Promise<void> {
  await sleep(4_000);
  await phone.plugIn();
  await sleep(3_000);
  phone.model.state.starting = false;
}

/** Time passes for the phone between two commands, so that what it did stays where it was. */
function living(phone: SamplePhone): SamplePhone {
  let livedUntil = Date.now();
  const answer = phone.run.bind(phone);
  phone.run = (argv) => {
    const now = Date.now();
    letTimePass(phone.state, now - livedUntil);
    livedUntil = now;
    return answer(argv);
  };
  return phone;
}

const stopping = untilStopped();
const server = await startAdbServer();
const phones: SimulatedPhone[] = [];
for (const [index, id] of ids.entries()) {
  const repeated = ids.indexOf(id) !== index;
  const serial = repeated ? `sample-${id}-${index + 1}` : `sample-${id}`;
  const phone = await startSimulatedPhone({
    phone: living(createSample(id, { healthy: values.healthy, serial })),
    faults: values.slow ? { delay: { minMs: 200, maxMs: 600 } } : {},
    onRestart: (restarting) => void startUp(restarting),
  });
  phones.push(phone);
  await server.connect(phone);
}
const variable = `ANDROID_ADB_SERVER_PORT=${server.port}`;
process.stdout.write(`${variable}\n`);
for (const phone of phones) process.stdout.write(`${phone.address} ${phone.model.serial}\n`);
tellHow(variable, phones[0]?.address ?? '');

await stopping;
await server.stop();
await Promise.all(phones.map((phone) => phone.stop()));
