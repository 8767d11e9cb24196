import { answerLines, failLine, type SampleAnswer } from './answer.ts';
import type { SampleState } from './state.ts';
import { FULL_BYTES, isStorageLow, LOW_BYTES, usableBytes } from './storage-state.ts';

const DATA_DEVICE = '/dev/block/dm-7';
const SYSTEM_TOTAL_KIB = 1_579_928;

/** `df [-k|-h] [PATH…]` of toybox; /data and /storage/emulated are one pool. */
export function df(state: SampleState, args: readonly string[]): SampleAnswer {
  const paths = args.filter((word) => !word.startsWith('-'));
  const header = 'Filesystem      1K-blocks     Used Available Use% Mounted on';
  const rows = {
    '/': ['/dev/block/dm-0', SYSTEM_TOTAL_KIB, 0, '/'],
    '/data': [DATA_DEVICE, state.storage.dataTotalKib, state.storage.dataFreeKib, '/data'],
    '/storage/emulated': ['/dev/fuse', state.storage.dataTotalKib, state.storage.dataFreeKib, '/storage/emulated'],
  } as const;
  const keys = paths.length === 0 ? (Object.keys(rows) as (keyof typeof rows)[]) : paths.map(mountOf);
  return answerLines([
    header,
    ...keys.map((key) => {
      const [device, total, free, mount] = rows[key];
      const used = total - free;
      const percent = `${Math.ceil((used * 100) / total)}%`;
      return `${device.padEnd(15)} ${String(total).padStart(9)} ${String(used).padStart(8)} ${String(free).padStart(9)} ${percent.padStart(4)} ${mount}`;
    }),
  ]);
}

function mountOf(path: string): '/' | '/data' | '/storage/emulated' {
  if (path === '/data' || path.startsWith('/data/')) return '/data';
  return path.startsWith('/sdcard') || path.startsWith('/storage') ? '/storage/emulated' : '/';
}

/** `dumpsys diskstats` (AOSP DiskStatsService): the free space is live, everything from `App Size` is a daily measurement. */
export function dumpDiskStats(state: SampleState): SampleAnswer {
  const { storage } = state;
  const { sdk } = state.build;
  return answerLines([
    'Latency: 1ms [512B Data Write]',
    ...(sdk >= 28 ? ['Recent Disk Write Speed (kB/s) = 17586'] : []),
    freeLine('Data', storage.dataFreeKib, storage.dataTotalKib),
    freeLine('Cache', storage.dataFreeKib, storage.dataTotalKib),
    freeLine('System', 0, SYSTEM_TOTAL_KIB),
    ...(sdk >= 33 ? [freeLine('Metadata', 13_076, 13_808)] : []),
    ...(sdk >= 29 ? ['File-based Encryption: true'] : []),
    ...(storage.measured ? measuredLines(state) : []),
  ]);
}

function freeLine(label: string, freeKib: number, totalKib: number): string {
  return `${label}-Free: ${freeKib}K / ${totalKib}K total = ${Math.floor((freeKib * 100) / totalKib)}% free`;
}

function measuredLines(state: SampleState): string[] {
  const sizes = state.apps.map((app) => {
    const copies = app.users.filter((own) => own.installed).map((own) => own.size);
    const sum = (of: (size: (typeof copies)[number]) => number): number =>
      copies.reduce((total, size) => total + of(size), 0);
    return {
      name: app.package,
      app: sum((size) => size.appBytes),
      data: sum((size) => size.dataBytes),
      cache: sum((size) => size.cacheBytes) + (state.storage.emptiedSinceMeasured[app.package] ?? 0),
    };
  });
  const total = (key: 'app' | 'data' | 'cache'): number => sizes.reduce((bytes, size) => bytes + size[key], 0);
  return [
    `App Size: ${total('app')}`,
    `App Data Size: ${total('data')}`,
    `App Cache Size: ${total('cache')}`,
    `Photos Size: ${state.storage.photosBytes}`,
    `Videos Size: ${state.storage.videosBytes}`,
    'Audio Size: 112496640',
    'Downloads Size: 0',
    `System Size: ${state.storage.systemBytes}`,
    'Other Size: 385085440',
    `Package Names: ${JSON.stringify(sizes.map((size) => size.name))}`,
    `App Sizes: ${JSON.stringify(sizes.map((size) => size.app))}`,
    `App Data Sizes: ${JSON.stringify(sizes.map((size) => size.data))}`,
    `Cache Sizes: ${JSON.stringify(sizes.map((size) => size.cache))}`,
  ];
}

/** `dumpsys devicestoragemonitor`; the thresholds are printed from Android 11 on. */
export function dumpStorageMonitor(state: SampleState): SampleAnswer {
  const bytes = usableBytes(state);
  const level = bytes < FULL_BYTES ? 'FULL' : isStorageLow(state) ? 'LOW' : 'NORMAL';
  return answerLines([
    'Known volumes:',
    '  Default:',
    `    level=${level} lastUsableBytes=${bytes}`,
    ...(state.build.sdk >= 30 ? [`    lowBytes=${LOW_BYTES} fullBytes=${FULL_BYTES}`, '    path=/data'] : []),
    '',
    'mSeq=1 mForceState=UNKNOWN ',
    '',
  ]);
}

/** `sm list-volumes [public|private|all]`; no sample has a memory card. */
export function sm(_state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb, type = 'all'] = args;
  if (verb !== 'list-volumes') return failLine(`Unknown command: ${verb ?? ''}`, 1);
  const emulated = 'emulated;0 mounted null';
  const internal = 'private mounted null';
  if (type === 'public') return answerLines([]);
  return answerLines(type === 'private' ? [internal] : [internal, emulated]);
}
