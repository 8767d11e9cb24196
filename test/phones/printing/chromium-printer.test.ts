import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { extractImages, extractText, getDocumentProxy, getMeta } from 'unpdf';
import { describe, expect, test as plain, vi } from 'vitest';
import { loadCatalog } from '../../../diagnosis/load/catalog.ts';
import { ChromiumPrinter } from '../../../electron/app/printing/chromium-printer.ts';
import { barcodeSvg, qrSvg } from '../../../electron/app/printing/codes.ts';
import { renderReport } from '../../../electron/app/reports/render-report.ts';
import { readCodes } from '../../read-codes.ts';
import { ownedAndroid, reportOf } from '../../unit/electron/app/reports/sample-reports.ts';
import { drawnPdf } from './drawn-pdf.ts';

const madeAt = '2026-03-04T05:06:07.000Z';
const pointsAMillimetre = 72 / 25.4;

const test = plain.extend('folder', ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-phones-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
});

/** Stands in a browser's place: says where its profile is and who its child is, and nothing else ever. */
function stuckBrowser(folder: string) {
  const path = join(folder, 'browser');
  const told = (name: string): string =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '';
  writeFileSync(path, `#!/bin/sh\necho "$*" > '${folder}/words'\nsleep 600 &\necho $! > '${folder}/child'\nwait\n`);
  chmodSync(path, 0o755);
  return {
    env: { PHONE_HEALTH_CHROMIUM: path },
    child: () => Number(told('child')),
    profile: () => /--user-data-dir=(\S+)/.exec(told('words'))?.[1] ?? '',
  };
}

/** A process that ended and was not waited for yet by its new parent runs no more either. */
function runs(pid: number): boolean {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) && !/\) Z /.test(readFileSync(path, 'utf8'));
}

/** Millimetres. */
const a4 = { width: 210, height: 297 };
const label = { width: 50, height: 30 };

const page = ({ width, height }: typeof a4): string => `<!doctype html><html lang="de"><head><meta charset="utf-8">
<style>@page { size: ${width}mm ${height}mm; margin: 0; } body, p { margin: 0; } img { display: none; }
svg { display: block; width: 40mm; }</style></head>
<body><p>Grüße aus Köln</p>${width === a4.width ? qrSvg('sha256:0123456789abcdef') : ''}${barcodeSvg('A-17')}
<img src="http://127.0.0.1:1/never.png" alt="never"><script>document.body.append('a script ran')</script></body></html>`;

/** Its length, its kind, what is in it, and their checksum. */
const pngChunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

/** A PNG of one colour: IHDR, IDAT and IEND (PNG specification, 5.2 to 5.4), eight bits of red, green and blue. */
function pictureOf(width: number, height: number, colour: readonly number[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  // Each row begins with its filter, none.
  const row = Buffer.from([0, ...Array.from({ length: width }, () => colour).flat()]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001A\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

const print = async (size: typeof a4): Promise<Uint8Array> => new ChromiumPrinter().print(page(size), { madeAt });

describe('a PDF', () => {
  test.each([a4, label])('of $width mm has its size, one page, its text and its codes', async (size) => {
    const bytes = await print(size);
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    expect(pdf.numPages).toBe(1);
    expect((await extractText(pdf, { mergePages: true })).text).toBe('Grüße aus Köln');
    const [, , width = 0, height = 0] = (await pdf.getPage(1)).view;
    expect(width / pointsAMillimetre).toBeCloseTo(size.width, 0);
    expect(height / pointsAMillimetre).toBeCloseTo(size.height, 0);
    const codes = await readCodes(await drawnPdf(bytes));
    expect(codes).toContainEqual({ format: 'Code128', text: 'A-17' });
    if (size === a4) expect(codes).toContainEqual({ format: 'QRCode', text: 'sha256:0123456789abcdef' });
  });

  test('of a report has the logo of the shop as its picture', async () => {
    const catalog = loadCatalog();
    const whole = reportOf(ownedAndroid('pixel-14', 0, catalog), catalog);
    const logo = `data:image/png;base64,${pictureOf(7, 3, [200, 30, 60]).toString('base64')}`;
    const papers = { sheet: 'a4', label: '62' } as const;
    const pictures = async (shown: string | null) => {
      const report = {
        ...whole,
        kind: 'certificate',
        shop: { name: 'Miller', logo: shown },
      } as const;
      const html = renderReport(report, 'html', { programs: catalog.programs, papers });
      const images = await extractImages(new Uint8Array(await new ChromiumPrinter().print(html, { madeAt })), 1);
      return images.map(({ width, height, data }) => [width, height, ...data.subarray(0, 3)]);
    };
    expect(await pictures(logo)).toEqual([[7, 3, 200, 30, 60]]);
    expect(await pictures(null)).toEqual([]);
  });

  test('of the same page is the same file, with the moment that it was made', async () => {
    const bytes = await print(label);
    expect(Buffer.compare(await print(label), bytes)).toBe(0);
    const { info } = await getMeta(await getDocumentProxy(new Uint8Array(bytes)));
    expect(info).toMatchObject({ CreationDate: "D:20260304050607+00'00'", ModDate: "D:20260304050607+00'00'" });
  });

  test('is said to need a browser where there is none', async () => {
    const none = new ChromiumPrinter({ env: { PATH: '/nowhere' } });
    await expect(none.print('', { madeAt })).rejects.toMatchObject({
      code: 'pdf-needs-chromium',
      message: 'PDF needs Chromium or Chrome.',
      steps: ['Save as HTML and print it from your browser.'],
    });
  });
});

describe('a browser', () => {
  test('that never answers is ended at its deadline, with its children and its profile', async ({ folder }) => {
    const { env, child, profile } = stuckBrowser(folder);
    const printing = new ChromiumPrinter({ env, deadlineMs: 300 }).print('', { madeAt });
    await expect(printing).rejects.toMatchObject({
      code: 'pdf-not-made',
      message: 'The PDF could not be made: the browser did not answer within 0.3 s.',
    });
    expect(child()).toBeGreaterThan(0);
    expect(runs(child())).toBe(false);
    expect(profile()).toContain('phone-health-print-');
    expect(existsSync(profile())).toBe(false);
  });

  test('that cannot be ended is waited for no longer than a moment', async ({ folder }) => {
    const { env } = stuckBrowser(folder);
    const pids: number[] = [];
    const refuse = vi.spyOn(process, 'kill').mockImplementation((pid) => {
      pids.push(-pid);
      return true;
    });
    const printing = new ChromiumPrinter({ env, deadlineMs: 300, goneWaitMs: 50 }).print('', { madeAt });
    await expect(printing).rejects.toMatchObject({ code: 'pdf-not-made' });
    refuse.mockRestore();
    expect(pids).toHaveLength(1);
    process.kill(-(pids[0] ?? 0), 'SIGKILL');
  });

  test('is not begun where the work was cancelled while it was made ready', async ({ folder }) => {
    const { env, child } = stuckBrowser(folder);
    const abort = new AbortController();
    const printing = new ChromiumPrinter({ env, deadlineMs: 2000 }).print('', { madeAt, signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(printing).rejects.toThrow('enough');
    expect(child()).toBe(0);
  });

  test('is ended at once where the work is cancelled', async ({ folder }) => {
    const { env, child } = stuckBrowser(folder);
    const abort = new AbortController();
    const printing = new ChromiumPrinter({ env }).print('', { madeAt, signal: abort.signal });
    const refused = expect(printing).rejects.toThrow('enough');
    await expect.poll(child).toBeGreaterThan(0);
    abort.abort(new Error('enough'));
    await refused;
    expect(runs(child())).toBe(false);
  });

  test('that ends by itself is told with its last words', async ({ folder }) => {
    const path = join(folder, 'browser');
    writeFileSync(path, '#!/bin/sh\necho no display >&2\nexit 7\n', { mode: 0o755 });
    const printing = new ChromiumPrinter({ env: { PHONE_HEALTH_CHROMIUM: path } }).print('', { madeAt });
    await expect(printing).rejects.toThrow(
      'The PDF could not be made: the browser has ended (exit code 7). no display',
    );
  });
});
