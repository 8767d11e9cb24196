import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { exportCase, importCase, showCase } from '../../../../electron/terminal/cases.ts';
import { exampleSnapshot, exampleTicket, handedIn, pixel, temporaryFolder } from '../../db/examples.ts';
import { test } from '../app/application-test.ts';
import { ran } from './ran.ts';

/** A case of a shop whose prefix is B, with a ticket of number 3 and what was read under it. */
async function fromAnother(app: Parameters<typeof exportCase>[0]): Promise<string> {
  const file = join(temporaryFolder(), 'three.phonecase');
  app.settings.change({ stationPrefix: 'B' });
  for (let number = 1; number < 4; number += 1) {
    app.store.createTicket(exampleTicket({ phones: [handedIn(pixel)], fault: 'Slow\nand hot', prefix: 'B' }));
  }
  app.store.saveSnapshot(exampleSnapshot({ ticket: 3 }));
  await ran(async () => exportCase(app, ['B-3'], { output: file }));
  return file;
}

test('a case lists what is in it, and says which number each ticket has here', async ({ app }) => {
  const file = await fromAnother(app);
  const shown = (await ran(async () => showCase(app, file, {}))).stdout;
  expect(shown).toMatch(/^PHONE +ID\nAnna +PIXEL1$/m);
  expect(shown).toMatch(/^TICKET THERE +HERE +TAKEN IN +FAULT *\nB-3 +B-3 .* Slow +here already$/m);
  expect(shown).toMatch(/^SNAPSHOT HERE +TAKEN +PHONE +LABEL +TICKET THERE *\n1 .* Anna +before +B-3 +here already$/m);
  const again = await ran(() => importCase(app, file, { yes: true }));
  expect(again.stdout).toBe('Ticket B-3 there is B-3 here already.\n');
  app.store.eraseCustomer(1);
  const away = await ran(() => importCase(app, file, { yes: true }));
  expect(away.stdout).toBe('');
});

test('a ticket that comes in gets a number of its own, which is said', async ({ app, open, home }) => {
  const file = await fromAnother(app);
  await app.close();
  rmSync(join(home, 'phone-health.sqlite'));
  const other = open();
  other.settings.change({ stationPrefix: 'A' });
  other.store.createTicket(exampleTicket());
  const taken = await ran(() => importCase(other, file, { yes: true }));
  expect(taken.stdout).toBe('Ticket B-3 there is A-2 here.\nSnapshot 1 is new here.\n');
});
