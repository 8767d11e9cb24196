import { expect, test } from 'vitest';
import { z } from 'zod';
import { counterForAll } from './counter.ts';
import { runCli, type CliRun } from './run-cli.ts';

const counter = counterForAll();

const cli = (...args: string[]): Promise<CliRun> => runCli(args, counter().env);

test.each([
  ['--label', ['--label', 'before'], '--label is for a snapshot: add --save.'],
  ['--ticket', ['--ticket', '1'], '--ticket is for a snapshot: add --save.'],
  ['a ticket that is no number', ['--save', '--ticket', 'T1'], '"T1" is not the number of a ticket.'],
  ['a ticket that is not there', ['--save', '--ticket', '7'], 'There is no ticket 7.'],
])('%s is wrong usage, told plainly before anything is read', async (_what, options, message) => {
  const run = await cli('scan', counter().phone.address, ...options);
  expect([run.code, run.stdout]).toEqual([2, '']);
  expect(run.stderr).toBe(`${message}\n`);
});

test.each([
  ['nosuch', '"nosuch" is no app that this program knows.'],
  ['com.dropbox.android', '"com.dropbox.android" is not installed on this phone.'],
])('a correction for the app %s is wrong usage, and nothing is run', async (app, message) => {
  const run = await cli('fix', counter().phone.address, 'battery-optimized', '--app', app, '--yes', '--json');
  expect([run.code, run.stdout]).toEqual([2, '']);
  expect(run.stderr).toContain(message);
  expect(run.stderr).not.toContain('Running');
});

test.each([
  [['battery-optimized', '--app', 'nosuch'], '"nosuch" is no app that this program knows.'],
  [['nosuch'], 'The catalog knows no cause "nosuch".'],
])('what no phone could have is refused before this one is read: fix %j', async (args, message) => {
  const run = await cli('fix', counter().phone.address, ...args, '--yes');
  expect([run.code, run.stdout]).toEqual([2, '']);
  expect(run.stderr).toContain(message);
  expect(run.stderr).not.toContain('Reading');
});

test('an app that the catalog does not know is refused with the names and ids of those that it knows, each once', async () => {
  const run = await cli('scan', '--app', 'nosuch', counter().phone.address);
  expect([run.code, run.stdout]).toEqual([2, '']);
  expect(run.stderr).toContain('The catalog knows no backup app "nosuch".');
  expect(run.stderr).toContain('  Google Photos: com.google.android.apps.photos');
  const lines = run.stderr.split('\n');
  expect(new Set(lines).size).toBe(lines.length);
});

test('what iPhones need is one quiet line beside a listed Android phone, and the command that tells more', async () => {
  const run = await cli('phones');
  expect(run.code).toBe(0);
  expect(run.stderr).toBe(
    'iPhones: nothing listens at USBMUXD_SOCKET_ADDRESS.\nWhat to do, and more: phone-health connection help\n',
  );
  const help = await cli('connection', 'help');
  expect(help.code).toBe(0);
  expect(help.stdout).toContain(
    'No iPhone can be seen: nothing listens at UNIX:/nonexistent/usbmuxd, which USBMUXD_SOCKET_ADDRESS names.',
  );
  expect(help.stdout).toContain('Samsung: Auto Blocker\n');
});

test('forgetting a phone that nobody knows removes nothing, and says so', async () => {
  const run = await cli('forget', 'nosuch', '--yes', '--json');
  expect([run.code, run.stdout]).toEqual([3, '']);
  expect(run.stderr).toContain('Nothing is known of a phone "nosuch". Nothing was removed.');
  // One that is plugged in is known.
  expect((await cli('forget', counter().phone.address, '--yes')).code).toBe(0);
});

test('a ticket is opened at the command line, and a scan that names it, or finds it open, is kept under it', async () => {
  const { address } = counter().phone;
  const made = await cli('tickets', 'new', '--customer', 'Ada', '--imei', '356938035643809', '--json');
  expect(made.code).toBe(0);
  const { number } = z.object({ number: z.string() }).parse(JSON.parse(made.stdout));
  await cli('scan', address, '--save', '--ticket', number, '--json');
  await cli('scan', address, '--save', '--json');
  const shown = await cli('tickets', 'show', number, '--json');
  expect(JSON.parse(shown.stdout)).toMatchObject({
    customer: { name: 'Ada' },
    phones: [{ phoneId: address, imei: '356938035643809', dropOff: {}, pickUp: {} }],
  });
  expect(await cli('tickets', 'close', number)).toMatchObject({ code: 0, stdout: '' });
  expect(await cli('tickets', 'list')).toMatchObject({ code: 0, stdout: '', stderr: 'There is no open ticket.\n' });
  expect(await cli('tickets', 'show', '999')).toMatchObject({ code: 2, stderr: 'There is no ticket 999.\n' });
});

test('what is kept is searched, cleared out by rules, and a customer erased at the command line', async () => {
  const { address } = counter().phone;
  const made = await cli('tickets', 'new', '--customer', 'Quellenreuther', '--json');
  const { number } = z.object({ number: z.string() }).parse(JSON.parse(made.stdout));
  await cli('scan', address, '--save', '--ticket', number, '--json');
  const found = await cli('snapshots', '--search', 'pixel quellen', '--limit', '1', '--json');
  expect(JSON.parse(found.stdout)).toMatchObject([
    { phoneId: address, ticket: { number, customer: 'Quellenreuther' } },
  ]);
  expect(await cli('retention', '--preview')).toMatchObject({
    code: 0,
    stdout: 'Nothing goes: no rule is set. Set one in the window: Settings, Clearing out.\n',
  });
  const listed = await cli('customers', 'list', '--search', 'quellen', '--json');
  const [customer] = z.array(z.object({ id: z.string() })).parse(JSON.parse(listed.stdout));
  const erased = await cli('customers', 'erase', customer?.id ?? '', '--yes', '--json');
  expect(JSON.parse(erased.stdout)).toMatchObject({
    tickets: [number],
    phones: [],
    // Ada's ticket of the test before has the phone too.
    shared: [{ id: address }],
    snapshots: 1,
  });
  expect((await cli('snapshots', '--search', 'quellen')).stderr).toBe('No snapshot has all of this: quellen\n');
});

test('what the customer of a ticket has not allowed is not done, whatever else is said, until that is noted', async () => {
  const { address } = counter().phone;
  const number = (
    await cli('tickets', 'new', '--customer', 'Ada', '--phone', address, '--may', 'keep', '--how', 'signed')
  ).stdout.trim();
  const refused = await cli('fix', address, 'battery-optimized', '--yes', '--same-phone');
  expect(refused).toMatchObject({
    code: 2,
    stdout: '',
    stderr:
      `The customer of ticket ${number} has not allowed changes on this phone. Nothing was done.\n` +
      `  Once they allow it: phone-health tickets consent ${number} --may change --may keep --how in-person\n`,
  });
  expect(await cli('tickets', 'consent', number, '--may', 'change', '--how', 'signed')).toMatchObject({
    code: 0,
    stderr: `Ticket ${number} allows from now on: change.\n`,
  });
  await cli('tickets', 'close', number);
  expect(await cli('scan', address, '--save', '--ticket', number)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: `Ticket ${number} is closed.\n  Open it again first: phone-health tickets reopen ${number}\n`,
  });
  expect((await cli('tickets', 'reopen', number)).stderr).toBe(`Ticket ${number} is open again.\n`);
});
