import { vi } from 'vitest';

/** What a command has printed, and its exit code. */
export async function ran(
  work: () => number | Promise<number>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    });
  }
  const code = await work();
  vi.restoreAllMocks();
  return { code, ...written };
}
