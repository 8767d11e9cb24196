import { expect, onTestFinished, test } from 'vitest';
import { AndroidSampleSource } from '../../../../native/samples/android/sample-source.ts';
import { IphoneSampleSource } from '../../../../native/samples/ios/sample-source.ts';
import { isSampleId } from '../../../../native/samples/sample-id.ts';
import { promptPace } from '../../../prompt-pace.ts';

test('the id of every sample phone tells that it is one, and that of no real phone', async () => {
  for (const source of [new AndroidSampleSource(promptPace), new IphoneSampleSource(promptPace)]) {
    onTestFinished(() => source.close());
    for (const { id } of source.samples) await source.add(id);
    const { phones } = await source.list();
    expect(phones.map((phone) => phone.id).filter((id) => !isSampleId(id))).toEqual([]);
    expect(phones.length).toBeGreaterThan(3);
  }
  const real = ['R58M123ABC', '0123456789ABCDEF', '192.168.1.5:5555', '00008110-001A2B3C4D5E6F70', 'a'.repeat(40)];
  expect(real.filter(isSampleId)).toEqual([]);
});
