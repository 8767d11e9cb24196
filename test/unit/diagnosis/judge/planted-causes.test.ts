import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import type { Diagnosis } from '../../../../diagnosis/diagnosis.ts';
import { judge } from '../../../../diagnosis/judge/judge.ts';
import { outcomeOf } from '../../../../diagnosis/judge/verdict.ts';
import { createSample, nothingLeft } from '../../../../native/samples/android/profiles.ts';
import { changed, readSample, troubles } from './matrix-scenarios.ts';
import { plants } from './verdict-plants.ts';

const catalog = loadCatalog();

/** What befalls a phone as sold whose photos do not leave, and the cause that an expert names. */
const single: Readonly<Record<string, string>> = {
  'weak Wi-Fi': 'weak-signal',
  'app behind a firewall of the phone': 'app-network-blocked',
  'network taken away from the app': 'internet-permission',
  'Play services off': 'play-services-off',
  'metered VPN': 'vpn-metered',
  'limit of mobile data reached': 'mobile-data-limit',
  'time for jobs used up, off the cable': 'job-quota-used-up',
  'media index behind the camera folder': 'media-index-behind',
  'Wi-Fi off while asleep': 'wifi-off-while-asleep',
  'background time used up': 'background-time-used-up',
  'app switched off by hand': 'app-disabled',
  'app suspended': 'app-suspended',
  'app suspended by a computer': 'app-suspended',
  'app hibernated': 'app-hibernated',
  'selected photos only': 'photos-permission-partial',
  'no access to storage': 'photos-permission',
  'doze forced': 'doze',
  'maximum power saving': 'extreme-battery-mode',
  'private DNS that does not answer': 'private-dns-broken',
  'a clock that was set wrong by hand': 'clock-wrong',
  'asleep, Samsung': 'maker-sleeping',
  'battery saver by hand': 'battery-saver',
  'a VPN that lets nothing past': 'vpn-lockdown',
  'background denied for the uid': 'background-restricted',
  restricted: 'standby-bucket',
  'Wi-Fi marked as metered': 'wifi-only-but-no-wifi',
};

/** Two plants of which one leaves no room for the other to be seen. */
const exclusive: Readonly<Record<string, readonly string[]>> = {
  // There is no network that could be metered, or have a DNS server.
  'mobile-data-limit': ['background-data-denied', 'data-saver', 'private-dns-broken'],
  // No photo is seen at all, or not all of them.
  'photos-permission': ['photos-permission-partial'],
  // Samsung's sleep restricts the app as well, and is told apart from what an owner sets.
  'maker-sleeping': ['background-restricted', 'job-quota-used-up'],
  // In the restricted bucket the phone counts otherwise.
  'standby-bucket': ['job-quota-used-up'],
};
const isExclusive = (one: string, other: string): boolean =>
  exclusive[one]?.includes(other) === true || exclusive[other]?.includes(one) === true;

const provenIn = ({ findings }: Diagnosis): string[] =>
  findings
    .filter(
      ({ status, pack, cause, becauseOf }) =>
        status === 'problem' && pack === 'backup' && cause !== 'upload-stalled' && becauseOf.length === 0,
    )
    .map(({ cause }) => cause);

const titleOf = ({ findings }: Diagnosis, cause: string): string =>
  findings.find((one) => one.cause === cause && one.status === 'problem')?.title ?? 'no problem';

describe.each(Object.entries(single))('a phone as sold, with %s', (name, cause) => {
  test(`has ${cause} as its verdict, its first step and nothing else`, () => {
    const trouble = troubles.find((one) => one.name === name);
    if (trouble === undefined) throw new Error(`Nothing is called ${name}.`);
    const phone = changed(trouble.profile, (state, model) => {
      nothingLeft(state);
      trouble.change(state, model);
    });
    const diagnosis = judge(readSample(phone, catalog), catalog);
    expect([...new Set(provenIn(diagnosis))]).toEqual([cause]);
    expect(diagnosis.verdict.startsWith(titleOf(diagnosis, cause))).toBe(true);
    expect(diagnosis.verdict).not.toMatch(/needs? attention/);
    expect(diagnosis.steps[0]?.cause).toBe(cause);
    expect(outcomeOf(diagnosis.findings, diagnosis.uploads, catalog)).toBe('something');
  });
});

describe.each(['pixel-14', 'samsung-16', 'xiaomi-14'])('two causes at once on %s as sold', (profile) => {
  const { state } = createSample(profile, { healthy: true });
  // Of an app that is archived nothing else is judged.
  const fitting = plants.filter(({ on, cause }) => (on?.(state) ?? true) && cause !== 'app-archived');
  const pairs = fitting.flatMap((one, index) =>
    fitting
      .slice(index + 1)
      .filter((other) => !isExclusive(one.cause, other.cause))
      .map((other) => [one, other] as const),
  );

  test('are both found, one of them as the verdict with the other counted, and both are steps', () => {
    const missed = pairs.flatMap(([one, other]) => {
      const phone = changed(profile, (changing) => {
        nothingLeft(changing);
        one.plant(changing);
        other.plant(changing);
      });
      const diagnosis = judge(readSample(phone, catalog), catalog);
      const both = [one.cause, other.cause];
      const proven = provenIn(diagnosis);
      const named = both.find((cause) => diagnosis.verdict.startsWith(titleOf(diagnosis, cause)));
      const worked = new Set(diagnosis.steps.map(({ cause }) => cause));
      const isRecipe = diagnosis.steps.some(({ correction }) => correction.startsWith('background-recipe'));
      const isRight =
        both.every((cause) => proven.includes(cause)) &&
        named !== undefined &&
        diagnosis.steps[0]?.cause === named &&
        diagnosis.verdict.includes('; 1 more thing needs attention') &&
        (isRecipe || both.every((cause) => worked.has(cause)));
      return isRight
        ? []
        : [`${both.join(' + ')}: ${proven.join(', ')} | ${diagnosis.verdict} | ${[...worked].join(', ')}`];
    });
    expect(pairs.length).toBeGreaterThan(50);
    expect(missed).toEqual([]);
  });
});
