import { Button, Checkbox, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { spoken } from '../language/spoken.ts';
import { t } from '../language/words.ts';
import { Notice } from '../parts/notice.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { dayText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { ReportKind, ReportRequest, ReportSubject } from '../program/received.ts';
import { HandOver } from './hand-over.tsx';
import { PaperFrame } from './paper-frame.tsx';
import { kindWords } from './report-words.ts';
import classes from './reports.module.css';

/** Everything that is printed or handed over of a phone, a snapshot or a ticket. */
export function ReportScreen() {
  const { phone, snapshot, ticket, ticketPhone, kind } = useSearch({ from: '/report' });
  const { client } = useProgram();
  const asked = { phoneId: phone, snapshot, ticket, ticketPhone };
  const subject = useQuery({
    queryKey: ['kept', 'report-subject', asked],
    queryFn: () => client.reporting.subject.query(asked),
  });
  const papers = useQuery({ queryKey: ['papers'], queryFn: () => client.reporting.papers.query(), gcTime: 0 });
  const failed = subject.error ?? papers.error;
  return (
    <>
      <PageHeading>{t('Report')}</PageHeading>
      {failed === null ? null : <ProblemNotice problem={problemOfCall(failed)} />}
      {subject.data === undefined || papers.data === undefined ? null : (
        <Chosen
          // What was agreed to for one phone is not agreed to for another.
          key={JSON.stringify(asked)}
          subject={subject.data}
          papers={papers.data}
          kind={kind ?? null}
        />
      )}
    </>
  );
}

interface ChosenProps {
  subject: ReportSubject;
  papers: ReportRequest['papers'];
  kind: ReportKind | null;
}

function Chosen({ subject, papers, kind: wanted }: ChosenProps) {
  const { phoneName, snapshot, pair, ticket, ticketPhone, ticketPhones, kinds, first } = subject;
  const navigate = useNavigate();
  // What is looked at, printed and saved is one report, whose hash may stand on paper.
  const [madeAt] = useState(() => new Date().toISOString());
  const [unredacted, setUnredacted] = useState(false);
  const kind = kinds.find((one) => one === wanted) ?? first;
  const of = [
    phoneName,
    ticket === null ? null : t('ticket {number}', { number: ticket.number }),
    snapshot === null ? null : dayText(snapshot.takenAt),
  ].filter((part) => part !== null);
  if (kind === null) return <Text>{t('Nothing is kept of this phone yet. Scan it first.')}</Text>;
  const request: ReportRequest = {
    kind,
    snapshots: kind === 'before-after' ? (pair ?? []) : snapshot === null ? [] : [snapshot.id],
    ticket: ticket?.id ?? null,
    ticketPhone,
    papers,
    unredacted,
    language: spoken().name,
    madeAt,
  };
  return (
    <>
      <p className={classes.of}>
        <PhoneText>{of.join(' · ')}</PhoneText>
      </p>
      <div className={classes.choices}>
        {ticketPhones.length === 0 || ticketPhone === null ? null : (
          <NativeSelect
            label={t('Phone')}
            data={ticketPhones.map(({ uid, name }) => ({ value: uid, label: name }))}
            value={ticketPhone}
            onChange={({ currentTarget: { value } }) => {
              void navigate({ to: '/report', search: (before) => ({ ...before, ticketPhone: value }), replace: true });
            }}
          />
        )}
        <NativeSelect
          label={t('Kind')}
          data={kinds.map((value) => ({ value, label: kindWords(value) }))}
          value={kind}
          onChange={({ currentTarget }) => {
            const chosen = kinds.find((one) => one === currentTarget.value);
            if (chosen === undefined) return;
            void navigate({ to: '/report', search: (before) => ({ ...before, kind: chosen }), replace: true });
          }}
        />
        {kind === 'label' ? null : <Redaction unredacted={unredacted} onChange={setUnredacted} />}
      </div>
      <Paper key={`${kind} ${unredacted}`} request={request} />
    </>
  );
}

/** Redacted, unless somebody says yes to what stands in it then. */
function Redaction({ unredacted, onChange }: { unredacted: boolean; onChange: (unredacted: boolean) => void }) {
  const [isAsked, setAsked] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const answer = (yes: boolean): void => {
    setAsked(false);
    if (yes) onChange(true);
    box.current?.focus();
  };
  return (
    <>
      <Checkbox
        ref={box}
        label={t('With what tells whose the phone is')}
        checked={unredacted || isAsked}
        onChange={({ currentTarget }) => {
          if (currentTarget.checked) return setAsked(true);
          setAsked(false);
          onChange(false);
        }}
      />
      {isAsked && !unredacted ? (
        <Notice
          tone="warn"
          live="assertive"
          title={t('The serial number, accounts, telephone numbers and names of Wi-Fi networks then stand in it.')}
        >
          <p>{t('Hand it only to somebody who may know them.')}</p>
          <div className={classes.buttons}>
            <Button variant="default" onClick={() => answer(true)}>
              {t('Write them in')}
            </Button>
            <Button variant="subtle" onClick={() => answer(false)}>
              {t('Leave them out')}
            </Button>
          </div>
        </Notice>
      ) : null}
    </>
  );
}

function Paper({ request }: { request: ReportRequest }) {
  const { client } = useProgram();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState<number | null>(null);
  const page = useQuery({
    queryKey: ['kept', 'report-page', request],
    queryFn: () => client.reporting.page.query(request),
  });
  if (page.error !== null) return <ProblemNotice problem={problemOfCall(page.error)} />;
  if (page.data === undefined) return null;
  return (
    <>
      <HandOver request={request}>
        <Button disabled={height === null} onClick={() => frame.current?.contentWindow?.print()}>
          {t('Print')}
        </Button>
      </HandOver>
      <div className={classes.desk} data-label={request.kind === 'label'} style={height === null ? {} : { height }}>
        <PaperFrame
          ref={frame}
          className={classes.paper}
          title={t('Preview')}
          page={page.data}
          onLoad={({ contentDocument }) => setHeight(contentDocument?.documentElement.scrollHeight ?? 0)}
        />
      </div>
    </>
  );
}
