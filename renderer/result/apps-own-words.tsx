import { listText } from '../parts/value-text.ts';
import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import type { ScanReport } from '../program/received.ts';
import { useProgram } from '../program/program.tsx';
import classes from './report-view.module.css';
import { workOf } from './report-groups.ts';
import { PhoneText } from '../parts/phone-text.tsx';

/**
 * The chosen apps whose photos are not known to leave, and which may say why in a notification that nobody has read. Where something on the
 * phone is known to hold them back, the work on that comes first.
 */
function silentApps({ chosen, uploads, findings, reading, steps }: ScanReport): string[] {
  if (workOf({ steps: steps.slice(0, 1) }).length > 0) return [];
  return chosen
    .map(({ app }) => app)
    .filter(
      (app) =>
        uploads.some(
          // What was just corrected has not been tried yet.
          (one) => one.app === app && !one.settling && (one.state === 'stalled' || one.state === 'unknown'),
        ) &&
        findings.some((one) => one.cause === 'in-app-pause' && one.app === app && one.status === 'manual') &&
        reading.apps[app]?.notificationTitles === undefined,
    );
}

/** An app says in its notification why it waits. It is read only after somebody has allowed it, as on the command line. */
export function AppsOwnWords({ report, phoneId }: { report: ScanReport; phoneId: string }) {
  const { works } = useProgram();
  const apps = report.brokenOff === null ? silentApps(report) : [];
  if (apps.length === 0) return null;
  const names = report.apps.filter(({ id }) => apps.includes(id)).map(({ name }) => name);
  return (
    <details className={classes.fold}>
      <summary>
        {t.rich('{apps} may say in a notification why photos wait', {
          apps: <PhoneText>{listText(names)}</PhoneText>,
        })}
      </summary>
      <div className={classes.asks}>
        <p>{t("May the titles of those notifications be read and kept with this scan? No other app's are.")}</p>
        <Button variant="default" onClick={() => works.readNotifications(phoneId, apps)}>
          {t('Yes, read them')}
        </Button>
      </div>
    </details>
  );
}
