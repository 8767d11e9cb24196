// `npm run package:tools -- check` · `npm run package:tools -- pin win32-x64 "SOURCE, VERSION"`
import { pinTools, toolsFolder, troublesOfAllTools } from './bundled-tools.ts';
import { targetName, targets } from './targets.ts';

const [what, name, source] = process.argv.slice(2);
const target = targets.find((one) => targetName(one) === name);
if (what === 'check') {
  const troubles = troublesOfAllTools();
  process.stdout.write(
    troubles.length === 0 ? 'Every tool is there and as it is pinned.\n' : `${troubles.join('\n')}\n`,
  );
  process.exitCode = troubles.length === 0 ? 0 : 1;
} else if (what === 'pin' && target !== undefined && source) {
  pinTools(target, source);
  process.stdout.write(`Pinned what lies in ${toolsFolder(target)}.\n`);
} else {
  process.stderr.write(`check, or pin TARGET "SOURCE, VERSION"; targets: ${targets.map(targetName).join(', ')}.\n`);
  process.exitCode = 2;
}
