/** Resolves when a simulation is to end. Once more of the same signal does not cut off its tidying up: a launcher passes on what came to the whole group. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });

/** Says what to type in another terminal; standard output is for scripts. */
export function tellHow(variable: string, phoneId: string): void {
  const commandLine = `${variable} npm run --silent cli --`;
  process.stderr.write(
    `In another terminal:\n  ${commandLine} phones\n  ${commandLine} scan ${phoneId}\n  ${variable} npm start\nCtrl-C ends it.\n`,
  );
}
