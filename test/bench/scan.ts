import { AdbServer } from '../../native/android/reach/adb-server.ts';
import { AdbSource } from '../../native/android/reach/adb-source.ts';
import { createSample } from '../../native/samples/android/profiles.ts';
import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { backupApps } from '../../diagnosis/judge/judge.ts';
import { startAdbServer } from '../phones/android/adb-server.ts';
import { startSimulatedPhone } from '../phones/android/simulated-adbd.ts';
import { printTable, type Row } from './table.ts';

const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** A scan against the same commands sent one by one with the adb program, on one and the same slow phone. */
async function compareWithAdb(name: string, delay: { minMs: number; maxMs: number } | null): Promise<Row> {
  const server = await startAdbServer();
  const phone = await startSimulatedPhone({ phone: createSample('pixel-14'), faults: { delay } });
  const source = new AdbSource(new AdbServer({ host: '127.0.0.1', port: server.port }));
  try {
    await server.connect(phone);
    const apps = backupApps(loadCatalog(), 'android');
    const capture = await source.capture(phone.address, { apps });
    const scanMs = await elapsed(() => source.capture(phone.address, { apps }));
    const oneByOneMs = await elapsed(async () => {
      for (const { command } of capture.answers) await server.adb('-s', phone.address, 'shell', command);
    });
    return [
      name,
      String(capture.answers.length),
      seconds(oneByOneMs),
      seconds(scanMs),
      `${(oneByOneMs / scanMs).toFixed(1)}×`,
    ];
  } finally {
    await source.close();
    await phone.stop();
    await server.stop();
  }
}

/** Sixteen phones scanned at once against one: how much they stand in each other's way. */
async function compareSixteen(): Promise<Row> {
  const server = await startAdbServer();
  const delay = { minMs: 20, maxMs: 60 };
  const phones = await Promise.all(
    Array.from({ length: 16 }, () => startSimulatedPhone({ phone: createSample('pixel-14'), faults: { delay } })),
  );
  const source = new AdbSource(new AdbServer({ host: '127.0.0.1', port: server.port }));
  try {
    for (const phone of phones) await server.connect(phone);
    const apps = backupApps(loadCatalog(), 'android');
    const scan = (index: number) => source.capture(phones[index]?.address ?? '', { apps });
    await scan(0);
    const oneMs = await elapsed(() => scan(0));
    const allMs = await elapsed(() => Promise.all(phones.map((_, index) => scan(index))));
    return [
      '16 phones at once',
      '16 scans',
      seconds(oneMs * 16),
      seconds(allMs),
      `${((oneMs * 16) / allMs).toFixed(1)}×`,
    ];
  } finally {
    await source.close();
    await Promise.all(phones.map((phone) => phone.stop()));
    await server.stop();
  }
}

/** Prints how a scan compares with the adb program. */
export async function runScanBench(): Promise<void> {
  printTable(
    ['scan', 'questions', 'one by one', 'this program', 'ratio'],
    [
      await compareWithAdb('slow phone (0.2 to 0.6 s a service)', { minMs: 200, maxMs: 600 }),
      await compareWithAdb('fast phone', null),
      await compareSixteen(),
    ],
  );
}
