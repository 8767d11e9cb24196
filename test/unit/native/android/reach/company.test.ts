import { describe, expect, test } from 'vitest';
import { Company } from '../../../../../native/android/reach/company.ts';

const [slow, quick, third] = [{}, {}, {}];

describe('a question whose time is over', () => {
  test('gets no more where it was alone', () => {
    const company = new Company(1000);
    company.begin(slow, 0);
    expect(company.moreMs(slow, 1000)).toBe(0);
    expect(company.end(slow, 1000)).toEqual({ mayBeOthers: false });
  });

  test('gets as much more as it had company', () => {
    const company = new Company(1000);
    company.begin(slow, 0);
    company.begin(quick, 0);
    company.end(quick, 400);
    expect(company.moreMs(slow, 1000)).toBe(400);
    expect(company.moreMs(slow, 1400)).toBe(0);
    expect(company.end(slow, 1400)).toEqual({ mayBeOthers: false });
  });

  test('gets more for as long as there are others that are answered', () => {
    const company = new Company(1000);
    company.begin(slow, 0);
    company.begin(quick, 0);
    company.end(quick, 900);
    company.begin(quick, 900);
    expect(company.moreMs(slow, 1000)).toBe(1000);
    company.end(quick, 1800);
    expect(company.moreMs(slow, 2000)).toBe(800);
    expect(company.moreMs(slow, 2800)).toBe(0);
  });

  test('has no company in another that is late too, and yet may have been held up by it', () => {
    const company = new Company(1000);
    company.begin(slow, 0);
    company.begin(third, 0);
    expect(company.moreMs(slow, 1000)).toBe(1000);
    expect(company.moreMs(third, 1000)).toBe(1000);
    expect(company.moreMs(slow, 2000)).toBe(0);
    expect(company.end(slow, 2000)).toEqual({ mayBeOthers: true });
    expect(company.end(third, 2000)).toEqual({ mayBeOthers: true });
  });
});

test('a phone that gives up by itself may have done so because of the others', () => {
  const company = new Company(1000);
  company.begin(slow, 0);
  company.begin(quick, 0);
  expect(company.end(slow, 500)).toEqual({ mayBeOthers: true });
  expect(company.end(quick, 600)).toEqual({ mayBeOthers: true });
  company.begin(slow, 700);
  expect(company.end(slow, 900)).toEqual({ mayBeOthers: false });
});
