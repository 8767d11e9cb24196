import { execFile, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The tools of libimobiledevice-utils and ideviceinstaller that the tests run. */
const tools = [
  'idevice_id',
  'idevicecrashreport',
  'idevicediagnostics',
  'ideviceinfo',
  'ideviceinstaller',
  'idevicenotificationproxy',
  'idevicepair',
] as const;
type Tool = (typeof tools)[number];

/** The tools that this machine lacks; tests that need them are skipped with this list in their title. */
export const missingTools: readonly Tool[] = tools.filter((tool) => !isInstalled(tool));

function isInstalled(tool: Tool): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error) return false;
      throw error;
    }
  });
}

export interface ToolResult {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs one tool against a simulated usbmuxd until it ends, at most 20 s. */
export async function runTool(address: string, tool: Tool, ...args: readonly string[]): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const options = { env: environment(address), timeout: 20_000, maxBuffer: 16 * 1024 * 1024 };
    execFile(tool, args, options, (error, output, errors) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, output, errors });
    });
  });
}

/** Runs a tool that goes on until it is ended. */
export function startTool(address: string, tool: Tool, ...args: readonly string[]) {
  // The tools print to a pipe in blocks; stdbuf makes them print line by line.
  const child = spawn('stdbuf', ['-oL', tool, ...args], {
    env: environment(address),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return {
    /** Resolves once the tool has printed this. */
    async printed(expected: string): Promise<void> {
      if (output.includes(expected)) return;
      await new Promise<void>((resolve) => {
        child.stdout.on('data', () => {
          if (output.includes(expected)) resolve();
        });
      });
    },
    async stop(): Promise<void> {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function environment(address: string): NodeJS.ProcessEnv {
  return { ...process.env, USBMUXD_SOCKET_ADDRESS: address };
}
