import { createSample } from '../../../native/samples/android/profiles.ts';
import { startSimulatedPhone } from '../android/simulated-adbd.ts';

/**
 * A phone in a process of its own that gives as long answers as it may: of lines that their parsers know, no two of them alike; or, with
 * the argument `nothing`, of empty lines.
 */
const longest = 15 * 1_048_576;
const services = ['deviceidle', 'connectivity', 'netpolicy', 'wifi'];

const phone = await startSimulatedPhone({ phone: createSample('pixel-14') });
const { model } = phone;
const run = model.run.bind(model);
model.run = (argv) => {
  const answer = run(argv);
  if (argv[0] !== 'dumpsys' || !services.includes(argv[1] ?? '')) return answer;
  if (process.argv[2] === 'nothing') return { ...answer, stdout: '\n'.repeat(longest) };
  let count = 0;
  const stdout = answer.stdout
    .repeat(Math.ceil(longest / answer.stdout.length))
    .slice(0, longest / 1.1)
    .replaceAll(/\d+$/gm, () => String((count += 1)));
  return { ...answer, stdout };
};

process.on('message', () => {
  void (async () => {
    await phone.stop();
    process.exit();
  })();
});
process.send?.(phone.address);
