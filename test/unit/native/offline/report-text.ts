const rule = '-'.repeat(79);

/** A service's dump as a bug report of Android 9 to 13 holds it. */
export const service = (name: string, body: string, options: { rank?: string; end?: string } = {}): string =>
  `${rule}\nDUMP OF SERVICE ${options.rank === undefined ? '' : `${options.rank} `}${name}:\n${body}\n` +
  (options.end ?? `--------- 0.250s was the duration of dumpsys ${name}, ending at: 2025-12-09 17:05:20\n`);

/** The answer of a command, in the same. */
export const section = (title: string, command: string, body: string): string =>
  `------ ${title} (${command}) ------\n${body}\n------ 0.031s was the duration of '${title}' ------\n`;

export const battery = (level: number): string =>
  `Current Battery Service state:\n  AC powered: false\n  USB powered: true\n  status: 2\n  health: 2\n  level: ${level}\n  scale: 100`;

export const properties = (zone: string): string =>
  `[persist.sys.timezone]: [${zone}]\n[ro.build.version.release]: [13]\n[ro.build.version.sdk]: [33]\n[ro.product.model]: [TB 8168]\n[ro.serialno]: [HT1234567890]`;

/** The form of a bug report of Android 13; only the sections that matter to a test. */
export const report = (...parts: readonly string[]): string =>
  `========================================================\n== dumpstate: 2025-12-09 17:04:14\n========================================================\n\nBuild: TQ3A.230805.001\nBugreport format version: 2.0\n\n${parts.join('')}`;

export const smallReport = (zone = 'Asia/Kolkata'): string =>
  report(
    section('SYSTEM PROPERTIES', 'getprop', properties(zone)),
    section(
      'FILESYSTEMS & FREE SPACE',
      'df',
      'Filesystem            1K-blocks    Used Available Use% Mounted on\n/dev/block/dm-7        54563696  411164  54005076   1% /data',
    ),
    service('battery', battery(62)),
    service('secret', 'nobody reads this'),
  );
