// `node build/package/icons.ts`: draws build/icons/icon.svg and tray.svg in every size that the systems want. Run by hand after one was changed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IconIcns, IconIco } from '@shockpkg/icon-encoder';
import { startBrowser } from '../../test/window/browser.ts';
import { root } from './project.ts';

const folder = join(root, 'build', 'icons');
const drawing = readFileSync(join(folder, 'icon.svg'), 'utf8');
/** A template of macOS: its shape alone counts, in black. */
const trayDrawing = readFileSync(join(folder, 'tray.svg'), 'utf8');

/** What Linux looks for (freedesktop's icon theme), and what Windows shows. */
const sizes = { linux: [16, 32, 48, 64, 128, 256, 512], windows: [16, 24, 32, 48, 64, 128, 256] };
/** Apple's names of sizes, as iconutil writes them. */
const ofMac: [string, number][] = [
  ['ic04', 16],
  ['ic11', 32],
  ['ic05', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

const browser = await startBrowser();
try {
  const page = await browser.newPage({ deviceScaleFactor: 1 });
  const draw = async (size: number, what = drawing): Promise<Buffer> => {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${what}`);
    return page.screenshot({ omitBackground: true });
  };
  for (const size of sizes.linux) writeFileSync(join(folder, `${size}x${size}.png`), await draw(size));
  // 18 points of the menu bar, on both kinds of screens.
  for (const size of [18, 36]) writeFileSync(join(folder, `tray-${size}.png`), await draw(size, trayDrawing));
  const ico = new IconIco();
  for (const size of sizes.windows) await ico.addFromPng(await draw(size), null);
  writeFileSync(join(folder, 'icon.ico'), ico.encode());
  const icns = new IconIcns();
  icns.toc = true;
  for (const [type, size] of ofMac) await icns.addFromPng(await draw(size), [type]);
  writeFileSync(join(folder, 'icon.icns'), icns.encode());
} finally {
  await browser.close();
}
