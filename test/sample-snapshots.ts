import { judgeCapture } from '../electron/app/scan/scan.ts';
import type { NewSnapshot } from '../db/records/snapshots.ts';
import type { PackedKind } from '../db/packed.ts';
import { backupApps } from '../diagnosis/judge/judge.ts';
import type { Catalog } from '../diagnosis/load/catalog.ts';
import { captureToJson } from '../native/capture.ts';
import { unreadPhone } from '../native/phone.ts';
import { AndroidSampleSource } from '../native/samples/android/sample-source.ts';
import { IphoneSampleSource } from '../native/samples/ios/sample-source.ts';
import { promptPace } from './prompt-pace.ts';

/** What a scan of sample phones gives to be kept, by the id of the sample; all of them, or these. */
export async function sampleSnapshots(
  catalog: Catalog,
  only?: readonly string[],
): Promise<{ sample: string; snapshot: NewSnapshot }[]> {
  const made = [];
  for (const source of [new IphoneSampleSource(promptPace), new AndroidSampleSource(promptPace)]) {
    for (const { id } of source.samples) {
      if (only !== undefined && !only.includes(id)) continue;
      const phoneId = await source.add(id);
      const { phones } = await source.list();
      const phone = phones.find((one) => one.id === phoneId) ?? unreadPhone(phoneId, source.platform, 'ready');
      const capture = await source.capture(phoneId, { apps: backupApps(catalog, source.platform) });
      const judged = judgeCapture(phone, capture, source.read(capture), catalog);
      made.push({ sample: id, snapshot: { ...judged, label: null, ticket: null } });
    }
  }
  return made;
}

/** The texts that are packed of a snapshot. */
export async function sampleTexts(catalog: Catalog, only: readonly string[]): Promise<Record<PackedKind, string>[]> {
  return (await sampleSnapshots(catalog, only)).map(({ snapshot: { capture, reading, incomplete, diagnosis } }) => {
    const { findings, steps, chosen, uploads } = diagnosis;
    return {
      capture: captureToJson(capture),
      reading: JSON.stringify({ reading, incomplete }),
      diagnosis: JSON.stringify({ findings, steps, chosen, uploads }),
    };
  });
}
