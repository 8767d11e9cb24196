import { t } from '../language/words.ts';
import { Button, Checkbox, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOfCall } from '../program/client.ts';
import type { TestPhotoChoice } from '../program/long-runs.ts';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import { useTakesPrimary } from '../parts/primary-button.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import classes from '../parts/run.module.css';
import { ScrolledTable } from '../parts/scrolled-table.tsx';
import table from '../parts/table.module.css';
import { usePerPhone, usePhone, usePhoneWork, useProgram } from '../program/program.tsx';
import type { ListedPhone } from '../program/received.ts';
import { dayText } from '../parts/value-text.ts';
import { photoWords } from './photo-words.ts';
import { PhotoProof } from './photo-proof.tsx';

/** Take a photo, and see whether the app sends it. */
export function TestPhotoSection({ phoneId }: { phoneId: string }) {
  const phone = usePhone(phoneId);
  const { testPhotos } = useProgram().runs;
  const run = usePerPhone(testPhotos, phoneId);
  const { report } = usePhoneWork(phoneId);
  return (
    <section aria-label={t('Test photo')}>
      <h2>{t('Test photo')}</h2>
      <Text maw="44rem">
        {t(
          'Take a photo and watch whether it leaves the phone. The test ends by itself when the photo is sent, or after ten minutes.',
        )}
      </Text>
      {phone?.state === 'ready' && !run.running ? (
        <Choice phone={phone} onStart={(choice) => testPhotos.start(phoneId, choice)} />
      ) : null}
      <PhotoProof phoneId={phoneId} report={report} />
      <Kept phoneId={phoneId} />
    </section>
  );
}

const networks = () => [
  { value: '', label: t('Any network') },
  { value: 'wifi', label: t('Wi-Fi') },
  { value: 'mobile', label: t('Mobile data') },
];

function Choice({ phone, onStart }: { phone: ListedPhone; onStart: (choice: TestPhotoChoice) => void }) {
  useTakesPrimary();
  const { client } = useProgram();
  const { activity, report } = usePhoneWork(phone.id);
  const { platform } = phone;
  const apps = useQuery({
    queryKey: ['watchable-apps', platform],
    queryFn: () => client.watchableApps.query({ platform }),
    staleTime: Infinity,
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const [on, setOn] = useState<TestPhotoChoice['on']>(null);
  const [openCamera, setOpenCamera] = useState(false);
  if (apps.error !== null) return <ProblemNotice problem={problemOfCall(apps.error)} />;
  // Where the phone was scanned, only what is installed can be tested.
  const absent = new Set(report?.apps.filter(({ installed }) => installed === false).map(({ id }) => id));
  const offered = (apps.data ?? []).filter(({ id }) => !absent.has(id));
  // The app that is to keep the photos, where the phone tells of it.
  const own = report?.chosen.find((one) => offered.some(({ id }) => id === one.app))?.app;
  const app = chosen ?? own ?? offered[0]?.id;
  if (app === undefined) return null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onStart({ app, on, openCamera });
      }}
    >
      <NativeSelect
        label={t('App that is to send it')}
        data={offered.map(({ id, name }) => ({ value: id, label: isolated(name) }))}
        value={app}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      />
      {platform === 'ios' ? null : (
        <>
          <NativeSelect
            label={t('Over')}
            data={networks()}
            value={on ?? ''}
            onChange={({ currentTarget: { value } }) => setOn(value === 'wifi' || value === 'mobile' ? value : null)}
          />
          <Checkbox
            label={t('Open the camera on the phone')}
            checked={openCamera}
            onChange={({ currentTarget }) => setOpenCamera(currentTarget.checked)}
          />
        </>
      )}
      <div className={classes.buttons}>
        <Button type="submit" disabled={activity !== null}>
          {t('Start the test')}
        </Button>
      </div>
    </form>
  );
}

function Kept({ phoneId }: { phoneId: string }) {
  const { client } = useProgram();
  const kept = useQuery({
    queryKey: ['kept', 'test-photos', phoneId],
    queryFn: () => client.testPhotos.query({ phoneId }),
  });
  if (kept.error !== null) return <ProblemNotice problem={problemOfCall(kept.error)} />;
  if (kept.data === undefined || kept.data.length === 0) return null;
  return (
    <section aria-label={t('Test photos until now')}>
      <h3>{t('Test photos until now')}</h3>
      <ScrolledTable label={t('Test photos until now')}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('Taken')}</th>
              <th scope="col">{t('App')}</th>
              <th scope="col">{t('Result')}</th>
              <th scope="col">{t('What was seen')}</th>
            </tr>
          </thead>
          <tbody>
            {kept.data.map((report) => (
              <tr key={report.testPhoto}>
                <td>
                  <time dateTime={report.startedAt}>{dayText(report.photo?.seenAt ?? report.startedAt)}</time>
                </td>
                <td>
                  <PhoneText>{report.appName}</PhoneText>
                </td>
                <td className={table.narrow}>{photoWords()[report.verdict].title}</td>
                <td className={table.sentence}>
                  <PhoneText>{report.sentence}</PhoneText>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrolledTable>
    </section>
  );
}
