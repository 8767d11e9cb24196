import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/**
 * Runs an ES module in a process of its own that ends where it takes more memory than `mebibytes`, on V8's heap or beside it, and
 * returns what it printed. Module paths in `source` start at the project's folder.
 */
export function runInSmallProcess(
  source: string,
  mebibytes: number,
  env: Readonly<Record<string, string>> = {},
): { printed: string; status: number | null } {
  const watched = `${source}
    const most = process.resourceUsage().maxRSS / 1024;
    if (most > ${mebibytes + nodeMebibytes}) { console.error(\`took \${Math.round(most)} MiB\`); process.exitCode = 9; }`;
  const result = spawnSync(
    process.execPath,
    [`--max-old-space-size=${mebibytes}`, '--input-type=module', '--eval', watched],
    { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1_048_576 },
  );
  return {
    printed: `${result.stdout}${result.status === 0 ? '' : result.stderr.slice(-500)}`.trim(),
    status: result.status,
  };
}

/** What Node itself takes with this project's modules loaded. */
const nodeMebibytes = 160;
