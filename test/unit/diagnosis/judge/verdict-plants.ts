import type { Catalog } from '../../../../diagnosis/load/catalog.ts';
import type { Diagnosis } from '../../../../diagnosis/diagnosis.ts';
import { judge, type JudgeOptions } from '../../../../diagnosis/judge/judge.ts';
import { outcomeOf } from '../../../../diagnosis/judge/verdict.ts';
import { exitCode } from '../../../../electron/terminal/exit-code.ts';
import { GOOGLE_PHOTOS, ONEDRIVE, ownersCopy } from '../../../../native/samples/android/profiles/healthy.ts';
import { createSample, nothingLeft, sampleProfiles } from '../../../../native/samples/android/profiles.ts';
import type { AppOfUser, SampleState } from '../../../../native/samples/android/state.ts';
import { readSample } from './matrix-scenarios.ts';

/** The app that the owner of a sample backs up with. */
export const ownApp = (state: SampleState): string =>
  state.apps.some((app) => app.package === GOOGLE_PHOTOS) ? GOOGLE_PHOTOS : ONEDRIVE;

const own = (state: SampleState): AppOfUser => ownersCopy(state, ownApp(state));
const permissions = (state: SampleState, names: RegExp, granted: boolean): void => {
  for (const [name, permission] of Object.entries(own(state).permissions)) {
    if (names.test(name)) permission.granted = granted;
  }
};
const metered = (state: SampleState): void =>
  void (state.network.wifi && (state.network.wifi.meteredOverride = 'true'));

/** What keeps the photos of a sample from leaving: the cause that the verdict must name, and what it changes on the phone. */
export interface Plant {
  cause: string;
  plant: (state: SampleState) => void;
  /** Where the cause does not exist on a phone of this maker or version; left out: it exists everywhere. */
  on?: (state: SampleState) => boolean;
  /** A person has chosen the app: what is not on the phone shows no use. */
  chosen?: true;
}

const skin =
  (...skins: readonly SampleState['build']['skin'][]) =>
  (state: SampleState): boolean =>
    skins.includes(state.build.skin);
const since =
  (sdk: number) =>
  (state: SampleState): boolean =>
    state.build.sdk >= sdk;

export const plants: readonly Plant[] = [
  {
    cause: 'background-restricted',
    plant: (state) => void (own(state).appOps['RUN_ANY_IN_BACKGROUND'] = { mode: 'ignore', usedAgoMs: 1000 }),
    on: since(28),
  },
  { cause: 'app-stopped', plant: (state) => void (own(state).stopped = true) },
  { cause: 'app-disabled', plant: (state) => void (own(state).enabled = 3) },
  { cause: 'app-suspended', plant: (state) => void (own(state).suspendedBy = 'com.android.shell'), on: since(28) },
  { cause: 'photos-permission', plant: (state) => permissions(state, /READ_(MEDIA|EXTERNAL)|WRITE_EXTERNAL/, false) },
  {
    cause: 'photos-permission-partial',
    plant: (state) => permissions(state, /READ_MEDIA_VIDEO$/, false),
    on: since(33),
  },
  {
    cause: 'standby-bucket',
    plant: (state) => void Object.assign(own(state).standby, { bucket: 45, reason: 's-4' }),
    on: (state) => state.build.sdk >= 30 && state.build.skin !== 'samsung',
  },
  {
    cause: 'maker-sleeping',
    plant: (state) => void Object.assign(own(state).standby, { bucket: 45, reason: 's-4' }),
    on: skin('samsung'),
  },
  {
    cause: 'maker-autostart',
    plant: (state) => void (own(state).appOps['MIUIOP(10008)'] = { mode: 'ignore', usedAgoMs: null }),
    on: skin('hyperos'),
  },
  {
    cause: 'background-data-denied',
    plant: (state) => {
      own(state).networkPolicy = 1;
      metered(state);
    },
  },
  {
    cause: 'data-saver',
    plant: (state) => {
      state.dataSaver = true;
      metered(state);
    },
  },
  { cause: 'phone-storage-full', plant: (state) => void (state.storage.dataFreeKib = 200_000) },
  {
    cause: 'private-dns-broken',
    plant: (state) => {
      state.settings.global['private_dns_mode'] = 'hostname';
      state.settings.global['private_dns_specifier'] = 'dns.example.net';
      Object.assign(state.network, { validated: false, privateDnsBroken: true, deadPrivateDns: 'dns.example.net' });
    },
    // EMUI, and every phone before Android 11, does not tell that the server is broken.
    on: (state) => state.build.sdk >= 30 && state.build.skin !== 'emui',
  },
  {
    cause: 'app-archived',
    plant: (state) => void Object.assign(own(state), { installed: false, archivedAgoMs: 86_400_000 }),
    on: since(35),
    chosen: true,
  },
  {
    cause: 'mobile-data-limit',
    plant: ({ network }) =>
      void Object.assign(network, {
        wifi: null,
        mobileAvailable: false,
        mobileLimit: { bytes: 2_000_000_000, reached: true },
      }),
    on: since(28),
  },
  {
    cause: 'job-quota-used-up',
    plant: (state) => {
      own(state).jobsRanMs = 600_000;
      Object.assign(state.battery, { plugged: 'none', status: 3 });
    },
    on: (state) => state.build.sdk >= 29 && state.jobs.some((job) => job.package === ownApp(state)),
  },
  {
    cause: 'media-index-behind',
    plant: (state) => {
      const [newest] = state.media;
      if (newest === undefined) return;
      state.unindexed = [{ ...newest, id: 9001, displayName: 'IMG_9001.jpg', addedAgoMs: 2 * 3_600_000 }];
    },
  },
  { cause: 'clock-wrong', plant: (state) => void (state.clock.skewMs = -3 * 86_400_000) },
  {
    cause: 'signed-out',
    plant: (state) => void (state.accounts = state.accounts.filter(({ type }) => type !== 'com.google')),
    on: (state) => ownApp(state) === GOOGLE_PHOTOS,
  },
];

/** The exit code of a scan. */
export const exitCodes = {
  something: exitCode.problems,
  nothing: exitCode.ok,
  'too-little': exitCode.tooLittle,
} as const;

/** One cell of the table: a sample in a situation, and what is said of it. */
export interface TableRow {
  sample: string;
  situation: string;
  /** The planted cause; null: nothing on the phone holds uploads back. */
  planted: string | null;
  diagnosis: Diagnosis;
  exit: number;
}

function rowOf(
  catalog: Catalog,
  sample: string,
  situation: string,
  planted: string | null,
  change: (state: SampleState) => void,
  options: JudgeOptions = {},
): TableRow {
  const phone = createSample(sample, { healthy: true });
  change(phone.state);
  const diagnosis = judge(readSample(phone, catalog), catalog, options);
  const outcome = outcomeOf(diagnosis.findings, diagnosis.uploads, catalog);
  return { sample, situation, planted, diagnosis, exit: exitCodes[outcome] };
}

/** Every sample as sold in every situation. */
export function verdictTable(catalog: Catalog): TableRow[] {
  return sampleProfiles.flatMap(({ id }): TableRow[] => {
    const { state } = createSample(id, { healthy: true });
    return [
      rowOf(catalog, id, 'as sold, uploads run', null, () => undefined),
      rowOf(catalog, id, 'restarted an hour ago', null, (changed) => void (changed.clock.uptimeMs = 3_600_000)),
      rowOf(catalog, id, "the app's own switch is off", null, (changed) => {
        nothingLeft(changed);
        for (const one of changed.backups) one.bytesPerSecond = 0;
      }),
      ...plants
        .filter(({ on }) => on?.(state) ?? true)
        .map(({ cause, plant, chosen }) =>
          rowOf(
            catalog,
            id,
            `stalled: ${cause}`,
            cause,
            (changed) => {
              nothingLeft(changed);
              plant(changed);
            },
            chosen === true ? { chosen: [ownApp(state)] } : {},
          ),
        ),
    ];
  });
}

/** The first step in words. */
export function firstStep({ diagnosis }: TableRow): string {
  const [step] = diagnosis.steps;
  if (step === undefined) return '–';
  const finding = diagnosis.findings.find(({ cause, app }) => cause === step.cause && app === step.app);
  return finding?.corrections.find(({ id }) => id === step.correction)?.title ?? step.why;
}
