import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { letTimePass, takePhoto } from '../../../native/samples/android/backup.ts';
import { createSample, sampleProfiles } from '../../../native/samples/android/profiles.ts';
import type { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { type Deeds, followTyped, tellHow, untilStopped } from '../simulation.ts';
import { startAdbServer } from './adb-server.ts';
import { startSimulatedPhone, type SimulatedPhone } from './simulated-adbd.ts';

const usage = `usage: npm run simulate:android -- [--profile ID]… [--healthy] [--slow]

Starts simulated phones behind a real adb server, one for each --profile (pixel-14 where none is named), prints how to point at
them, and runs until Ctrl-C; what is typed then happens to a phone (photo, lock, allow, unplug, plug). The same profile may be named several times. Profiles:
${sampleProfiles.map(({ id, title }) => `  ${id.padEnd(20)} ${title}`).join('\n')}
`;

/** What was typed; what is no way to begin is told, and ends it. */
function typed() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        profile: { type: 'string', multiple: true },
        healthy: { type: 'boolean', default: false },
        slow: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    return process.exit(2);
  }
}

const values = typed();
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const ids = values.profile ?? ['pixel-14'];
const unknown = ids.filter((id) => !sampleProfiles.some((profile) => profile.id === id));
if (unknown.length > 0) {
  process.stderr.write(`No such profile: ${unknown.join(', ')}.\n\n${usage}`);
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

/** What its owner does with a phone. */
const deeds: Deeds<SimulatedPhone> = {
  photo: ({ model }) => `${takePhoto(model.state).displayName} was taken.`,
  lock: (phone) => {
    phone.lock();
    return 'It asks whether to allow this computer.';
  },
  allow: (phone) => {
    phone.acceptDialog();
    return 'It allows this computer.';
  },
  unplug: async (phone) => {
    await phone.pullCable();
    return 'The cable is pulled.';
  },
  plug: async (phone) => {
    await phone.plugIn();
    return 'It is plugged in again.';
  },
};

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
followTyped(phones, deeds, stopping);

await stopping;
await server.stop();
await Promise.all(phones.map((phone) => phone.stop()));
