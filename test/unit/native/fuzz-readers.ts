import { readZip } from './fuzz-grammars.ts';
import { buildZip } from './offline/zip-builder.ts';
import { Socket } from 'node:net';
import { archivedRoot } from '../../../native/ios/read/keyed-archive.ts';
import {
  PlistUid,
  readPlist,
  smallPlistLimits,
  writeBinaryPlist,
  writeXmlPlist,
} from '../../../native/ios/read/plist.ts';
import { FrameReader, UsbmuxdError } from '../../../native/ios/reach/usbmuxd.ts';
import { readShellV2 } from '../../../native/android/reach/shell-stream.ts';
import { BugReportReader } from '../../../native/offline/bug-report.ts';
import { captureOf } from '../../../native/offline/recorded-capture.ts';
import { NativeError } from '../../../native/source.ts';

/** A reader of bytes that others made. It throws where it did what no bytes may make it do. */
export interface FuzzTarget {
  name: string;
  seeds: readonly Buffer[];
  read: (bytes: Buffer) => void | Promise<void>;
}

const value = {
  name: 'Ana’s iPhone',
  list: [1, 300, 70_000, -1, 2 ** 40, true, 2.5, new Date('2026-11-20T09:40:00Z')],
  data: Uint8Array.from([1, 2, 3]),
  inner: { a: { b: { c: ['x', 'x', 'x'] } } },
};
const archive = {
  $archiver: 'NSKeyedArchiver',
  $version: 100_000,
  $top: { root: new PlistUid(1) },
  $objects: ['$null', { LastModified: 1_777_000_000, Size: 4_000_000, RelativePath: new PlistUid(2) }, 'Media/a.heic'],
};
const rule = '-'.repeat(79);
const report = `== dumpstate: 2025-12-09 17:04:14
------ FILESYSTEMS & FREE SPACE (df) ------
Filesystem 1K-blocks Used Available Use% Mounted on
------ 0.031s was the duration of 'FILESYSTEMS & FREE SPACE' ------
${rule}
DUMP OF SERVICE CRITICAL power:
POWER MANAGER (dumpsys power)
--------- 0.062s was the duration of dumpsys power, ending at: 2025-12-09 17:04:16
${rule}
DUMP OF SERVICE activity:
ACTIVITY MANAGER SETTINGS (dumpsys activity settings) activity_manager_constants:
*** SERVICE 'x' DUMP TIMEOUT (10000ms) EXPIRED ***
`;
const capture = JSON.stringify({
  format: 'phone-health-capture',
  version: 1,
  platform: 'android',
  phoneId: 'x',
  origin: 'x',
  startedAt: '2026-01-01T00:00:00Z',
  durationMs: 1,
  apps: ['a.b'],
  answers: [
    {
      probe: 'battery',
      app: null,
      command: 'x',
      text: 'a"b',
      errors: '',
      exitCode: 0,
      startedAt: 'x',
      durationMs: 1,
      ended: 'whole',
      detail: '',
    },
  ],
  brokenOff: null,
});

function framed(body: Uint8Array): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(16 + body.length, 0);
  header.writeUInt32LE(1, 4);
  header.writeUInt32LE(8, 8);
  return Buffer.concat([header, body]);
}

function packet(kind: number, data: string): Buffer {
  const header = Buffer.alloc(5);
  header[0] = kind;
  header.writeUInt32LE(Buffer.byteLength(data), 1);
  return Buffer.concat([header, Buffer.from(data)]);
}

/** Lets only the failures pass that a reader may tell. */
function expecting(kinds: readonly (new (...parameters: never[]) => Error)[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!kinds.some((kind) => error instanceof kind)) throw error;
  }
}

function readShell(bytes: Buffer): void {
  const socket = new Socket();
  let output = 0;
  readShellV2(socket, {
    onOutput: (chunk) => (output += chunk.length),
    onErrors: (chunk) => (output += chunk.length),
    onEnd: () => undefined,
  });
  const middle = Math.floor(bytes.length / 2);
  for (const part of [bytes.subarray(0, middle), bytes.subarray(middle)])
    if (!socket.destroyed) socket.emit('data', part);
  socket.destroy();
  if (output > bytes.length) throw new Error('a shell gave more than it said');
}

/** Every reader of bytes from phones, files and usbmuxd that is not a parser of Android's dumps. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'property list, XML',
    seeds: [Buffer.from(writeXmlPlist(value)), Buffer.from('<plist><string>a&amp;b<![CDATA[<]]></string></plist>')],
    read: (bytes) => void readPlist(bytes),
  },
  {
    name: 'property list, binary',
    seeds: [Buffer.from(writeBinaryPlist(value))],
    read: (bytes) => void readPlist(bytes),
  },
  {
    name: 'keyed archive',
    seeds: [Buffer.from(writeBinaryPlist(archive)), Buffer.from(writeXmlPlist(archive))],
    read: (bytes) => {
      const result = readPlist(bytes, smallPlistLimits);
      if (result.ok) archivedRoot(result.value);
    },
  },
  {
    name: 'bug report',
    seeds: [Buffer.from(report)],
    read: (bytes) => {
      const reader = new BugReportReader();
      const middle = Math.floor(bytes.length / 2);
      reader.push(bytes.subarray(0, middle));
      reader.push(bytes.subarray(middle));
      const kept = reader.finish('2026-01-01T00:00:00.000Z').dumps.reduce((sum, dump) => sum + dump.bytes.length, 0);
      if (kept > bytes.length) throw new Error('a report keeps more than it holds');
    },
  },
  {
    name: 'recorded capture',
    seeds: [Buffer.from(capture)],
    read: (bytes) => expecting([NativeError], () => void captureOf(bytes, 'x')),
  },
  {
    name: 'messages of usbmuxd',
    seeds: [
      Buffer.concat([framed(writeXmlPlist({ MessageType: 'Attached', DeviceID: 1 })), framed(writeBinaryPlist(value))]),
    ],
    read: (bytes) => expecting([UsbmuxdError], () => void [...new FrameReader().push(bytes)]),
  },
  {
    name: 'zip',
    seeds: [
      buildZip([
        { name: 'bugreport-x.txt', content: report },
        { name: 'FS/data/a.txt', content: 'a' },
      ]),
    ],
    read: async (bytes) => void (await readZip(bytes)),
  },
  {
    name: 'packets of a shell',
    seeds: [Buffer.concat([packet(1, 'level: 84'), packet(2, 'x'), packet(3, '0')])],
    read: readShell,
  },
];
