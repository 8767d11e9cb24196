import { describe, expect } from 'vitest';
import { reportSchema } from '../../../../../electron/app/reports/report.ts';
import type { ReportRequest } from '../../../../../electron/app/reports/make-reports.ts';
import { test } from '../application-test.ts';
import { fixAll, testPhoto } from '../fixed-phone.ts';

const request: ReportRequest = {
  snapshots: ['1'],
  kind: 'diagnosis',
  format: 'json',
  papers: { sheet: 'a4', label: '62' },
  unredacted: false,
};

describe('a report of a kept snapshot', () => {
  test('is lossless as JSON, with the actions and test photos since, and the same again', async ({ app, phoneId }) => {
    await fixAll(app, phoneId);
    await testPhoto(app, phoneId, 'uploaded');
    for (const unredacted of [false, true]) {
      const report = app.reports.make({ ...request, unredacted });
      const text = await app.reports.render(report, request);
      const parsed: unknown = JSON.parse(text);
      expect(reportSchema.parse(parsed)).toEqual(report);
      expect(parsed).toEqual(report);
      expect(report.actions.length).toBeGreaterThan(0);
      expect(report.proofs).toHaveLength(1);
      expect(text.includes(phoneId)).toBe(unredacted);
      expect(await app.reports.render(report, request)).toBe(text);
    }
  });
});
