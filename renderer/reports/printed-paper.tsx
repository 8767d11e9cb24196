import { useCallback, useEffect, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import { spoken } from '../language/spoken.ts';
import { t } from '../language/words.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import { PaperFrame } from './paper-frame.tsx';
import classes from './reports.module.css';

interface PrintedPaperProps {
  phoneId: string;
  /** When it is printed; or why it was not. */
  onEnd: (why: string | null) => void;
}

/** Prints the paper that is wanted most of one phone, once, and nothing of another. */
export function PrintedPaper({ phoneId, onEnd }: PrintedPaperProps) {
  const { client } = useProgram();
  const isPrinted = useRef(false);
  const page = useQuery({
    queryKey: ['printed', phoneId],
    // What lay in a former answer is not printed.
    gcTime: 0,
    queryFn: async () => {
      const { first, snapshot, pair, ticket, ticketPhone } = await client.reporting.subject.query({ phoneId });
      if (first === null) return null;
      const one = snapshot === null ? [] : [snapshot.id];
      return client.reporting.page.query({
        kind: first,
        snapshots: first === 'before-after' ? (pair ?? []) : one,
        ticket: ticket?.id ?? null,
        ticketPhone,
        papers: await client.reporting.papers.query(),
        unredacted: false,
        language: spoken().name,
        madeAt: new Date().toISOString(),
      });
    },
  });
  const problem = page.error === null ? null : problemOfCall(page.error).message;
  const isNothing = page.data === null;
  useEffect(() => {
    if (problem !== null) onEnd(problem);
    else if (isNothing) onEnd(t('Scan first: nothing is known yet.'));
  }, [problem, isNothing, onEnd]);
  const print = useCallback(
    ({ contentWindow }: HTMLIFrameElement) => {
      if (contentWindow === null || isPrinted.current) return;
      isPrinted.current = true;
      contentWindow.addEventListener('afterprint', () => onEnd(null), { once: true });
      contentWindow.print();
    },
    [onEnd],
  );
  if (page.data === undefined || page.data === null) return null;
  return <PaperFrame className={classes.printed} title={t('Printed page')} page={page.data} onLoad={print} />;
}
