/** Heavier than a row of the table, and run when it is asked for by name; each is loaded only then. */
export const byName: Readonly<Record<string, { what: string; run: () => Promise<unknown> }>> = {
  judge: {
    what: 'loading the catalog, reading a capture, judging',
    run: async () => (await import('./judge.ts')).runJudgeBench(),
  },
  parse: {
    what: 'every parser, MB/s, and whole bug reports',
    run: async () => (await import('./parse.ts')).runParseBench(),
  },
  scan: {
    what: 'a scan of a slow and of a fast phone, and of sixteen',
    run: async () => (await import('./scan.ts')).runScanBench(),
  },
  tick: { what: 'until a guided step ticks itself', run: async () => (await import('./tick.ts')).runTickBench() },
  store: { what: 'a store of many snapshots', run: async () => (await import('./store-size.ts')).runStoreBench() },
  'first-screen': {
    what: 'the first screen of the window',
    run: async () => (await import('./first-screen.ts')).runFirstScreenBench(),
  },
  shop: { what: 'rows to and from a shop’s server', run: async () => (await import('./shop.ts')).runShopBench() },
  counter: {
    what: 'keys on the bench while sixteen phones are scanned',
    run: async () => (await import('./counter.ts')).runCounterBench(),
  },
  copy: { what: 'a safe copy of an Android phone', run: async () => (await import('./copy.ts')).runCopyBench() },
  kill: {
    what: 'programs that are killed while they correct',
    run: async () => (await import('./kill.ts')).runKillBench(),
  },
  'fuzz-readers': {
    what: 'mutants for every reader of bytes',
    run: async () => (await import('./fuzz-readers.ts')).runReaderFuzz(),
  },
  idle: {
    what: 'sixteen phones for ten minutes, and nothing to do',
    run: async () => {
      const { idleLength, runSoakBench } = await import('./soak.ts');
      await runSoakBench(idleLength);
    },
  },
  soak: {
    what: 'a thousand scans of sixteen phones, pulls and restarts',
    run: async () => (await import('./soak.ts')).runSoakBench(),
  },
};
