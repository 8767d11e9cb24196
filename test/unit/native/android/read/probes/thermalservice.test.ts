import { describe, expect, test } from 'vitest';
import { thermalservice } from '../../../../../../native/android/read/probes/thermalservice.ts';
import { parsed, why } from '../parse.ts';

const read = (text: string) => {
  const { values, unknownLines } = parsed(thermalservice, text);
  return [why(values.battery?.thermalStatus), unknownLines];
};

describe('heat', () => {
  test('is a number from 0 to 6 (Android 13)', () => {
    expect(
      read(
        'IsStatusOverride: false\nThermalEventListeners:\n\tcallbacks: 3\n\tkilled: false\n\tbroadcasts count: -1\nThermal Status: 3\nCached temperatures:\n\tTemperature{mValue=50.2, mType=0, mName=CPU, mStatus=3}\nHAL Ready: true\n',
      ),
    ).toEqual([3, 0]);
  });
  test('is not told by Android 9 and earlier, which answer nothing', () => {
    expect(read('')).toEqual(['missing', 0]);
  });
  test('is not read from anything else', () => {
    expect(read('Thermal Status: 9\nThermal Status: high\n')).toEqual(['unparsed', 2]);
  });
});
