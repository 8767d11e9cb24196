import { expect } from 'vitest';
import { addSample, scan } from '../window/screens.ts';
import { test } from './desktop-test.ts';

/** What a phone or an app may be called: it would run where it came into the page as anything but text. */
const hostile = `<img src="x:" onerror="window.injected = 'handler'"><script>window.injected = 'script'</script>`;

/** Every name of a phone and of an app that the main process sends. */
function named(value: unknown, key = ''): unknown {
  if (typeof value === 'string')
    return ['name', 'model', 'appName', 'phoneName'].includes(key) ? `${value} ${hostile}` : value;
  if (Array.isArray(value)) return value.map((one) => named(one));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([own, one]) => [own, named(one, own)]));
}

test('7: the name of a phone and the label of an app stay text; and where they did not, the policy would stop them', async ({
  start,
}) => {
  const program = await start({ onSend: (args) => args.map((arg) => named(arg)) });
  const { page } = program;
  await addSample(page, /Pixel 8,/);
  await scan(page);
  const shown = await page.locator('body').innerText();
  expect(shown).toContain(`Google Photos ${hostile}`);
  expect(shown).toMatch(new RegExp(`Pixel 8[^\\n]*${hostile.slice(0, 12)}`));
  expect(
    await page.evaluate(() => [document.querySelectorAll('img[onerror]').length, 'injected' in globalThis]),
  ).toEqual([0, false]);
  expect(program.complaints).toEqual([]);
  // A hole in the window, as it were: the same text as markup, as a script, as code.
  const effect = await page.evaluate(async (text) => {
    const place = document.createElement('div');
    place.innerHTML = text;
    document.body.append(place);
    document.body.append(
      Object.assign(document.createElement('script'), { textContent: 'window.injected = "inline"' }),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    // Not before: what DevTools itself runs may evaluate.
    let evaluated = 'refused';
    try {
      // oxlint-disable-next-line typescript/no-implied-eval -- what must be refused
      evaluated = String(new Function('return 1')());
    } catch {
      // As it should be.
    }
    return {
      injected: 'injected' in globalThis,
      evaluated,
      pictures: document.querySelectorAll('img[onerror]').length,
    };
  }, hostile);
  expect(effect).toEqual({ injected: false, evaluated: 'refused', pictures: 1 });
  expect(program.complaints.splice(0).length).toBeGreaterThanOrEqual(3);
});
