import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a run of the packed binary ended, and what it said. */
interface Run {
  said: string;
  how: string;
}

/** Long enough for a cold start of a computer that packs others beside it. */
const startMs = 120_000;

const run = (binary: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> =>
  new Promise((resolve) => {
    execFile(binary, [...words], { env, timeout: startMs, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      const last = stderr.trim().split('\n').at(-1) ?? '';
      resolve({ said: stdout.trim(), how: error === null ? '' : `${error.message.split('\n', 1)[0]} ${last}`.trim() });
    });
  });

/**
 * What is wrong with a packed binary: it must be the command line with a word behind its name, and no Node whatever the environment says
 * (the fuses RunAsNode and EnableNodeOptionsEnvironmentVariable, by their effect). `before`: what Chromium wants in front.
 */
export async function troublesOfBinary(
  binary: string,
  { version, before, env }: { version: string; before: readonly string[]; env: NodeJS.ProcessEnv },
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-start-'));
  const script = join(folder, 'another.cjs');
  writeFileSync(script, "console.log('another program'); process.exit(0);\n");
  const asked: [string, NodeJS.ProcessEnv][] = [
    ['as it is', {}],
    ['asked to be Node (ELECTRON_RUN_AS_NODE)', { ELECTRON_RUN_AS_NODE: '1' }],
    ['given another program (NODE_OPTIONS)', { NODE_OPTIONS: `--require "${script.replaceAll('\\', '/')}"` }],
  ];
  try {
    const troubles: string[] = [];
    for (const [how, more] of asked) {
      const home = { PHONE_HEALTH_HOME: join(folder, 'home') };
      const { said, how: ended } = await run(binary, [...before, '--version'], { ...env, ...home, ...more });
      if (said !== version || ended !== '')
        troubles.push(`${how}: it said "${said}" and not "${version}" ${ended}`.trim());
    }
    return troubles;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
