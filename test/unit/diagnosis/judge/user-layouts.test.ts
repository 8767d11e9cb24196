import { describe, expect, test } from 'vitest';
import { backupApps, isSeenDone, judge, provenBy, verifyCorrection } from '../../../../diagnosis/judge/judge.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { scanPhone, type Ask } from '../../../../native/android/reach/scan.ts';
import { androidProbes, readAndroid } from '../../../../native/android/read/read.ts';
import type { Answer } from '../../../../native/capture.ts';
import { commandWords } from '../../../../native/command.ts';
import { isKnown, type Leaf } from '../../../../native/reading.ts';
import { actAsOwner } from '../../../../native/samples/android/owner-act.ts';
import { GOOGLE_PHOTOS, ownersCopy } from '../../../../native/samples/android/profiles/healthy.ts';
import { createSample } from '../../../../native/samples/android/profiles.ts';
import type { SamplePhone } from '../../../../native/samples/android/sample-phone.ts';
import type { AppOfUser } from '../../../../native/samples/android/state.ts';
import { phoneWith, userLayouts } from '../../../../native/samples/android/user-layouts.ts';
import { layoutRow } from '../../../tables/user-layouts.ts';
import { readSample } from './matrix-scenarios.ts';

const catalog = loadCatalog();

/** The photos of whoever is in front leave. */
const nothing = /^Uploads run: /;
const notTheOwner = (who: string): RegExp =>
  new RegExp(`^${who}, so nothing can be said about the apps and photos of its owner\\.$`);

/** Who is in front, who is beside, whose apps are judged, and what is said. */
const expected: Readonly<Record<string, [inFront: string, beside: string, judged: number | null, verdict: RegExp]>> = {
  'owner alone': ['0 owner', '', 0, nothing],
  'work profile managed by its employer': ['0 owner', '10 work', 0, nothing],
  'company-owned work profile': ['0 owner', '10 work', 0, nothing],
  'Secure Folder': ['0 owner', '150 secure-folder', 0, nothing],
  'Dual Messenger': ['0 owner', '150 secure-folder; 95 clone', 0, nothing],
  clone: ['0 owner', '999 clone', 0, nothing],
  'Private space, locked': ['0 owner', '11 private, stopped', 0, nothing],
  'Private space, open': ['0 owner', '11 private', 0, nothing],
  guest: ['11 guest', '0 owner', null, notTheOwner('This phone is in guest mode')],
  'second user with the app': ['10 second', '0 owner', 10, nothing],
  'second user without the app': [
    '10 second',
    '0 owner',
    null,
    notTheOwner('This phone is open for a second user, who backs up no photos here'),
  ],
  'Samsung maintenance mode': [
    '77 maintenance',
    '0 owner; 150 secure-folder',
    null,
    notTheOwner('This phone is in Maintenance mode'),
  ],
  'Android repair mode': ['0 owner', '', null, notTheOwner('This phone is in repair mode')],
  'headless system user': ['10 owner', '0 system', 10, nothing],
};

describe('whose apps are judged', () => {
  test('is said of every layout', () => {
    expect(userLayouts.map(({ name }) => name)).toEqual(Object.keys(expected));
  });

  test.each(userLayouts)('$name', (layout) => {
    const { userId, kind, beside, judged, verdict } = layoutRow(layout, catalog);
    const [inFront, others, whose, sentence] = expected[layout.name] ?? [];
    expect([`${userId} ${kind}`, beside, judged]).toEqual([inFront, others, whose]);
    expect(verdict).toMatch(sentence ?? /^$/);
  });

  test.each(userLayouts.filter(({ name }) => expected[name]?.[2] === null))(
    '$name: nothing about the backup is a problem, or fine',
    (layout) => {
      const { findings } = judge(readSample(phoneWith(layout), catalog), catalog);
      const others = findings.filter(({ cause, pack }) => pack === 'backup' && cause !== 'not-the-owner');
      expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['not-applicable']));
    },
  );
});

/** Programs whose answer or effect is one user's, as long as they are told which. */
const perUser =
  /^(?:am (?:get-started|get-bg|set-standby|force-stop|start )|pm |appops |content |settings \w+ (?:--user \d+ )?(?:secure|system)\b)/;
/** `pm list users` and `pm trim-caches` are about the whole phone. */
const aboutThePhone = /^pm (?:list users|trim-caches)\b/;

describe('a user who is not user 0', () => {
  test('is the one that every question is about', () => {
    const scope = { apps: [GOOGLE_PHOTOS], userId: 10 };
    const questions = androidProbes.map((probe) => probe.command(scope, GOOGLE_PHOTOS).join(' '));
    const asked = questions.filter((command) => perUser.test(command) && !aboutThePhone.test(command));
    expect(asked.length).toBeGreaterThan(8);
    expect(asked.filter((command) => !/ (?:--user )?10\b/.test(command))).toEqual([]);
  });

  test('is the one that every automatic correction changes', () => {
    const templates = catalog.causes.flatMap(({ corrections }) =>
      corrections.flatMap((one) => (one.kind === 'automatic' ? [...one.commands, ...one.inverse] : [])),
    );
    const changing = templates.filter((template) => perUser.test(template) && !aboutThePhone.test(template));
    expect(changing.length).toBeGreaterThan(15);
    expect(changing.filter((template) => !template.includes(' --user {identity.userId} '))).toEqual([]);
    // An app id is every user's; a uid is one user's.
    expect(
      templates.filter((template) => template.includes('netpolicy add') && !template.includes('{app.uid}')),
    ).toEqual([]);
  });
});

const layoutNamed = (name: string): SamplePhone => {
  const layout = userLayouts.find((one) => one.name === name);
  if (layout === undefined) throw new Error(`There is no layout ${name}.`);
  return phoneWith(layout);
};

const valueOf = (leaf: Leaf<unknown> | undefined): unknown => (isKnown(leaf) ? leaf.value : 'not known');

/** Everything that a correction of the catalog can lift from one user's copy of the app. */
function trouble(own: AppOfUser): void {
  own.stopped = true;
  own.networkPolicy = 1;
  own.appOps['RUN_ANY_IN_BACKGROUND'] = { mode: 'ignore', usedAgoMs: null };
  delete own.appOps['AUTO_REVOKE_PERMISSIONS_IF_UNUSED'];
  for (const permission of Object.values(own.permissions)) permission.granted = false;
}

describe.each(['second user with the app', 'headless system user'])('corrections on the layout %s', (name) => {
  test('put that user right, prove it, are undone, and leave user 0 as it is', () => {
    const phone = layoutNamed(name);
    trouble(ownersCopy(phone.state, GOOGLE_PHOTOS, 10));
    // Background data that is denied holds back on a metered network only.
    if (phone.state.network.wifi !== null) phone.state.network.wifi.meteredOverride = 'true';
    const ofUser0 = JSON.stringify(phone.state.apps.map(({ users }) => users.filter(({ userId }) => userId === 0)));
    const before = readSample(phone, catalog);
    const { findings } = judge(before, catalog);
    const done = findings
      .filter(({ app, status }) => app === GOOGLE_PHOTOS && status === 'problem')
      .flatMap(({ cause, corrections }) =>
        corrections
          .filter(({ kind }) => kind === 'automatic')
          .slice(0, 1)
          .map((one) => ({ cause, ...one })),
      );
    expect(done.map(({ cause }) => cause)).toEqual(
      expect.arrayContaining(['app-stopped', 'photos-permission', 'background-restricted', 'background-data-denied']),
    );
    for (const { commands } of done) for (const command of commands) phone.run(commandWords(command));
    const after = readSample(phone, catalog);
    for (const { cause, id } of done) {
      const correction = catalog.causes.find((one) => one.id === cause)?.corrections.find((one) => one.id === id);
      if (correction === undefined) throw new Error(`There is no correction ${id}.`);
      expect([id, verifyCorrection(correction, after, GOOGLE_PHOTOS, catalog, before)]).toEqual([id, true]);
    }
    expect(JSON.stringify(phone.state.apps.map(({ users }) => users.filter(({ userId }) => userId === 0)))).toBe(
      ofUser0,
    );
    for (const { inverse } of done.toReversed()) for (const command of inverse) phone.run(commandWords(command));
    const undone = readSample(phone, catalog).apps[GOOGLE_PHOTOS];
    const was = before.apps[GOOGLE_PHOTOS];
    for (const leaf of ['mediaAccess', 'runAnyInBackground', 'netPolicy', 'stopped', 'uid'] as const) {
      expect([leaf, valueOf(undone?.[leaf])]).toEqual([leaf, valueOf(was?.[leaf])]);
    }
    expect(isKnown(undone?.uid) ? Math.floor(undone.uid.value / 100_000) : null).toBe(10);
  });
});

describe.each(['samsung-maintenance', 'pixel-locked'])('the sample %s', (id) => {
  test('begins with that, and is well when its owner has done what is said', () => {
    const phone = createSample(id);
    const before = readSample(phone, catalog);
    const { steps, verdict } = judge(before, catalog);
    const [step] = steps;
    if (step === undefined) throw new Error('There is no step.');
    expect(verdict).toMatch(
      /^(?:This phone is in Maintenance mode|The phone has not been unlocked since it was restarted), so /,
    );
    expect(isSeenDone(catalog, step, step.correction, before)).toBe(false);
    const proves = provenBy(catalog, step.cause, step.correction) ?? [];
    expect(actAsOwner(phone.state, createSample(id, { healthy: true }).state, { proves, app: null })).toBe(true);
    const after = readSample(phone, catalog);
    expect(isSeenDone(catalog, step, step.correction, after)).toBe(true);
    // Nothing has left meanwhile; the rest of the phone is as sold.
    expect(judge(after, catalog).verdict).toMatch(/^Nothing on this phone is known to hold Google Photos back/);
  });
});

describe('a scan', () => {
  test.each(['second user with the app', 'headless system user', 'Samsung maintenance mode'])(
    'of the layout %s asks who is in front before it asks anything of a user',
    async (name) => {
      const phone = layoutNamed(name);
      const asked: string[] = [];
      const answering: Ask = (questions, onAnswer) => {
        const answers = questions.map(({ probe, app, argv }): Answer => {
          asked.push(argv.join(' '));
          const { stdout, stderr, exitCode } = phone.run(argv);
          const output = new TextEncoder().encode(stdout);
          const startedAt = new Date().toISOString();
          const command = argv.join(' ');
          return {
            probe: probe.id,
            app,
            command,
            output,
            errors: stderr,
            exitCode,
            startedAt,
            durationMs: 1,
            ended: 'whole',
            detail: '',
          };
        });
        for (const answer of answers) onAnswer(answer);
        return Promise.resolve({ answers, brokenOff: null });
      };
      const capture = await scanPhone(phone.serial, answering, { apps: backupApps(catalog, 'android') });
      const ofUsers = asked.filter((command) => perUser.test(command) && !aboutThePhone.test(command));
      const inFront = String(phone.state.currentUser);
      expect(ofUsers.length).toBeGreaterThan(8);
      expect(ofUsers.filter((command) => !command.split(' ').includes(inFront))).toEqual([]);
      const whole = readAndroid(capture);
      expect(valueOf(whole.identity.userId)).toBe(phone.state.currentUser);
      const photos = phone.state.apps.find((app) => app.package === GOOGLE_PHOTOS);
      expect(valueOf(whole.apps[GOOGLE_PHOTOS]?.uid)).toBe(phone.state.currentUser * 100_000 + (photos?.appId ?? 0));
    },
  );
});
