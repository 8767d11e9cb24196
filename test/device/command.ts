// `npm run test:device -- SERIAL`: tries reading, and corrections that can be put back, on a phone that is plugged in.
import { startVitest } from 'vitest/node';
import { openPlugged } from '../../electron/terminal/phones.ts';
import { deviceVariable } from './device-variable.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const [serial] = process.argv.slice(2);
const plugged = await openPlugged(process.env, () => undefined);
const { phones, troubles } = await plugged.list();
await plugged.close();
const ready = phones.filter(({ state }) => state === 'ready');
if (serial === undefined || !ready.some(({ id }) => id === serial)) {
  say(
    serial === undefined
      ? 'Name the phone: npm run test:device -- SERIAL'
      : `No phone ${serial} is plugged in and ready.`,
  );
  for (const { id, state } of phones) say(`  ${id}: ${state}`);
  for (const { message } of troubles) say(`  ${message}`);
  if (phones.length === 0) say('No phone is plugged in: nothing was tried.');
  process.exitCode = serial === undefined ? 2 : 3;
} else {
  process.env[deviceVariable] = serial;
  const vitest = await startVitest('test', [], { project: ['device'], watch: false, reporters: ['verbose'] });
  await vitest.close();
}
