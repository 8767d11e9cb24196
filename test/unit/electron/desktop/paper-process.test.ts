import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { PdfPrinter } from '../../../../electron/app/printing/pdf-printer.ts';
import { commandPrinter } from '../../../../electron/desktop/paper-process.ts';

const madeAt = '2026-11-28T12:34:56.000Z';

/** A printer on a computer without a browser, whose own binary does this; it is Node's with a script. */
function printer(script: string, env: NodeJS.ProcessEnv = {}, platform: NodeJS.Platform = 'linux'): PdfPrinter {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-paper-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'binary.mjs');
  writeFileSync(file, `import { text } from 'node:stream/consumers';\n${script}`);
  return commandPrinter({ env: { PATH: folder, ...env }, platform, program: process.execPath, before: [file] });
}

const tells =
  "const html = await text(process.stdin);\nprocess.stdout.write(`%PDF-1.4 ${html} ${process.argv.slice(2).join(' ')} /CreationDate (D:20000101000000+00'00')`);";
const printed = async (on: PdfPrinter): Promise<string> =>
  Buffer.from(await on.print('<p>ä</p>', { madeAt })).toString('utf8');

test('a command without another browser has the program’s own print, on a screen where there is one', async () => {
  const paper = `--print-paper ${madeAt} /CreationDate (D:20261128123456+00'00')`;
  expect(await printed(printer(tells))).toBe(`%PDF-1.4 <p>ä</p> --ozone-platform=headless --disable-gpu ${paper}`);
  expect(await printed(printer(tells, { DISPLAY: ':0' }))).toBe(`%PDF-1.4 <p>ä</p> ${paper}`);
  expect(await printed(printer(tells, { WAYLAND_DISPLAY: 'wayland-0' }))).toBe(`%PDF-1.4 <p>ä</p> ${paper}`);
  expect(await printed(printer(tells, {}, 'darwin'))).toBe(`%PDF-1.4 <p>ä</p> ${paper}`);
});

test('where that does not start, a browser is asked for; where it says why there is no paper, that is told', async () => {
  const dies = "process.stderr.write('[1:1] FATAL: no usable sandbox\\n'); process.kill(process.pid, 'SIGTRAP');";
  await expect(printed(printer(dies))).rejects.toMatchObject({ code: 'pdf-needs-chromium' });
  const says = "process.stderr.write('GPU noise\\npaper: the page is gone.\\nmore noise\\n'); process.exit(3);";
  await expect(printed(printer(says))).rejects.toMatchObject({
    code: 'pdf-not-made',
    message: 'The PDF could not be made: the page is gone.',
  });
});

test('it is ended with the command', async () => {
  const stop = new AbortController();
  const printing = printer('setInterval(() => undefined, 1000);').print('', { madeAt, signal: stop.signal });
  stop.abort(new Error('Ctrl-C'));
  await expect(printing).rejects.toThrow('Ctrl-C');
});

test('what it keeps while it prints is gone with it, also when it was killed', async () => {
  const told = mkdtempSync(join(tmpdir(), 'phone-health-told-'));
  onTestFinished(() => rmSync(told, { recursive: true }));
  const keeps = `import { mkdtempSync, writeFileSync } from 'node:fs'; import { tmpdir } from 'node:os';
    writeFileSync(${JSON.stringify(join(told, 'kept'))}, mkdtempSync(tmpdir() + '/profile-'));
    setInterval(() => undefined, 1000);`;
  const stop = new AbortController();
  const printing = printer(keeps).print('', { madeAt, signal: stop.signal });
  printing.catch(() => undefined);
  await expect.poll(() => existsSync(join(told, 'kept')), { timeout: 20_000 }).toBe(true);
  const kept = await vi.waitFor(() => {
    const path = readFileSync(join(told, 'kept'), 'utf8');
    expect(existsSync(path)).toBe(true);
    return path;
  });
  stop.abort(new Error('Ctrl-C'));
  await expect(printing).rejects.toThrow('Ctrl-C');
  expect(existsSync(kept)).toBe(false);
});
