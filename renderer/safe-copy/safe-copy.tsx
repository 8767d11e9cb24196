import { t } from '../language/words.ts';
import { Button, Progress, Text, TextInput } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { SafeCopyRun } from '../program/long-runs.ts';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { useTakesPrimary } from '../parts/primary-button.ts';
import { useOutcomeFocus } from '../parts/takes-focus.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { RunPanel } from '../parts/run-panel.tsx';
import classes from '../parts/run.module.css';
import { sizeText } from '../parts/value-text.ts';
import { usePerPhone, usePhone, usePhoneWork, useProgram } from '../program/program.tsx';
import type { SafeCopyReport } from '../program/received.ts';

/** The camera's photos and videos into a folder of this computer, each of them verified. */
export function SafeCopyScreen() {
  const { phoneId } = useParams({ from: '/phones/$phoneId' });
  const phone = usePhone(phoneId);
  const { safeCopies } = useProgram().runs;
  const run = usePerPhone(safeCopies, phoneId);
  const isOver = run.report !== null || run.problem !== null || run.cancelled;
  const place = useOutcomeFocus<HTMLDivElement>(run.running ? 'running' : isOver ? 'over' : null);
  return (
    <div className={classes.screen}>
      <Text maw="44rem">
        {t(
          'Copies the photos and videos of the camera to a folder on this computer and compares each one with the phone. Nothing is changed on the phone, and no file in the folder is replaced. A copy that broke off goes on where it stopped.',
        )}{' '}
        {phone?.platform === 'ios'
          ? t('Photos that are only in iCloud are not on the iPhone, and not part of the copy.')
          : null}
      </Text>
      {phone?.state === 'ready' && !run.running ? (
        <Choice
          phoneId={phoneId}
          folder={run.request?.folder ?? `~/${t('Phone photos')}`}
          onStart={(folder) => safeCopies.start(phoneId, { folder })}
        />
      ) : null}
      <div ref={place} tabIndex={-1}>
        {run.running ? <Live run={run} onCancel={() => safeCopies.cancel(phoneId)} /> : null}
        <End run={run} />
      </div>
    </div>
  );
}

interface ChoiceProps {
  phoneId: string;
  folder: string;
  onStart: (folder: string) => void;
}

function Choice({ phoneId, folder: former, onStart }: ChoiceProps) {
  useTakesPrimary();
  const { activity } = usePhoneWork(phoneId);
  const [folder, setFolder] = useState(former);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onStart(folder.trim());
      }}
    >
      <TextInput
        label={t('Folder on this computer')}
        description={t('Its whole path; ~ is the home folder. It is made if it is not there.')}
        value={folder}
        spellCheck={false}
        onChange={({ currentTarget }) => setFolder(currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit" disabled={activity !== null || folder.trim() === ''}>
          {t('Copy and verify')}
        </Button>
      </div>
    </form>
  );
}

function timeLeft(seconds: number): string {
  if (seconds < 90) return t('{left, plural, one {# second} other {# seconds}} left', { left: seconds });
  return seconds < 5400
    ? t('{minutes, plural, one {# minute} other {# minutes}} left', { minutes: Math.round(seconds / 60) })
    : t('{hours, plural, one {# hour} other {# hours}} left', { hours: Math.round(seconds / 360) / 10 });
}

const stepWords = () => ({
  listing: t('Listing the photos of the phone'),
  checking: t('Comparing with the folder'),
  copying: t('Copying and verifying'),
});

/** How far it is. A screen reader hears the step and the quarters, not every file. */
function Live({ run: { progress }, onCancel }: { run: SafeCopyRun; onCancel: () => void }) {
  const step = progress?.step ?? 'listing';
  const part = progress === null || progress.bytes === 0 ? 0 : progress.bytesDone / progress.bytes;
  const quarter = Math.floor(part * 4) * 25;
  const facts =
    progress === null
      ? []
      : [
          progress.files === 0
            ? ''
            : t('{done, number} of {all, number}', { done: progress.filesDone, all: progress.files }),
          progress.bytes === 0
            ? ''
            : t('{done} of {all}', { done: sizeText(progress.bytesDone), all: sizeText(progress.bytes) }),
          progress.bytesPerSecond === null ? '' : t('{size} a second', { size: sizeText(progress.bytesPerSecond) }),
          progress.secondsLeft === null ? '' : timeLeft(progress.secondsLeft),
        ];
  return (
    <RunPanel
      sentence={
        quarter === 0 ? stepWords()[step] : t('{step}, {quarter, number} percent', { step: stepWords()[step], quarter })
      }
      onCancel={onCancel}
    >
      <Progress value={part * 100} size="md" radius="xl" transitionDuration={150} aria-label={t('Copy progress')} />
      <Text size="sm" c="dimmed">
        {facts.filter((fact) => fact !== '').join(' · ')}
      </Text>
    </RunPanel>
  );
}

function End({ run: { report, problem, cancelled } }: { run: SafeCopyRun }) {
  if (problem !== null) return <ProblemNotice problem={problem} />;
  if (cancelled) {
    return (
      <Notice tone="calm" title={t('The copy was cancelled')} live="polite">
        {t('What was verified stays in the folder. The next copy to the same folder goes on from there.')}
      </Notice>
    );
  }
  if (report === null) return null;
  const { title, tone } = resultOf(report);
  return (
    <Notice tone={tone} title={title} live="polite">
      <Summary report={report} />
    </Notice>
  );
}

function resultOf({ whole, found, brokenOff }: SafeCopyReport): { title: ReactNode; tone: 'good' | 'warn' | 'bad' } {
  if (whole) return { title: t('Every photo and video is in the folder, and verified'), tone: 'good' };
  if (brokenOff !== null)
    return {
      title: t.rich('The copy broke off: {why}', { why: <PhoneText>{brokenOff.detail}</PhoneText> }),
      tone: 'bad',
    };
  if (found.files === 0) return { title: t('The phone shows no photos or videos of its camera'), tone: 'warn' };
  return { title: t('Some photos could not be copied'), tone: 'warn' };
}

const mostShown = 50;

/** Files by name, each with why. */
function Named({ title, files }: { title: string; files: readonly { from: string; detail: string }[] }) {
  if (files.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <ul className={classes.missed}>
        {files.slice(0, mostShown).map(({ from, detail }) => (
          <li key={from}>
            <PhoneText>{from}</PhoneText>: <PhoneText>{detail}</PhoneText>
          </li>
        ))}
      </ul>
      {files.length > mostShown ? t('and {count, number} more', { count: files.length - mostShown }) : null}
    </details>
  );
}

function Summary({ report }: { report: SafeCopyReport }) {
  const { found, copied, alreadyThere, missed, leftOut, folder } = report;
  const counts = {
    found: found.files,
    size: sizeText(found.bytes),
    copied: copied.files,
    there: alreadyThere.files,
    missed: missed.length,
  };
  return (
    <>
      <Text size="sm">
        {leftOut.length === 0
          ? t(
              '{found, number} on the phone ({size}), {copied, number} copied now, {there, number} there already, {missed, number} not copied.',
              counts,
            )
          : t(
              '{found, number} on the phone ({size}), {copied, number} copied now, {there, number} there already, {missed, number} not copied, {leftOut, number} left out.',
              { ...counts, leftOut: leftOut.length },
            )}
      </Text>
      <Text size="sm">{t.rich('Folder: {folder}', { folder: <PhoneText>{folder}</PhoneText> })}</Text>
      <Named title={t('Not copied')} files={missed} />
      <Named title={t('Left out')} files={leftOut} />
    </>
  );
}
