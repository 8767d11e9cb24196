import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { t } from '../language/words.ts';
import { useAsksFirst } from '../parts/asks-first.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useFirstFieldFocus } from '../parts/takes-focus.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { WrittenSnapshot } from '../program/received.ts';
import classes from './history.module.css';

/** What people have written about a snapshot, and the way to write it. */
export function Written({ id }: { id: string }) {
  const { client } = useProgram();
  const { asking: isEditing, ask, decline, button } = useAsksFirst();
  const written = useQuery({
    queryKey: ['kept', 'written', id],
    queryFn: () => client.archive.show.query({ id }),
  });
  if (written.error !== null) return <ProblemNotice problem={problemOfCall(written.error)} />;
  if (written.data === undefined) return null;
  const { label, note } = written.data;
  return (
    <section aria-label={t('Label and note')} className={classes.written}>
      {isEditing ? (
        <WrittenForm written={written.data} onEnd={decline} />
      ) : (
        <>
          <WrittenLines written={written.data} />
          <Button ref={button} variant="default" size="compact-sm" data-screen-only onClick={ask}>
            {label === null && note === '' ? t('Label or note…') : t('Change the label or note…')}
          </Button>
        </>
      )}
    </section>
  );
}

const WrittenLines = ({ written: { label, note } }: { written: WrittenSnapshot }) => (
  <>
    {label === null ? null : (
      <strong>
        <PhoneText>{label}</PhoneText>
      </strong>
    )}
    {note === '' ? null : (
      <p className={classes.note}>
        <PhoneText>{note}</PhoneText>
      </p>
    )}
  </>
);

function WrittenForm({ written, onEnd }: { written: WrittenSnapshot; onEnd: () => void }) {
  const { client } = useProgram();
  const queries = useQueryClient();
  const { id, version } = written;
  const form = useFirstFieldFocus<HTMLFormElement>();
  /** As it was when somebody began to type: what others write meanwhile is not taken back unseen. */
  const [seen, setSeen] = useState(version);
  const [label, setLabel] = useState(written.label ?? '');
  const [note, setNote] = useState(written.note);
  const save = useMutation({
    mutationFn: (from: number) =>
      client.archive.describe.mutate({
        id,
        seen: from,
        change: { label: label.trim() === '' ? null : label.trim(), note: note.trim() },
      }),
    onSuccess: async () => {
      onEnd();
      await queries.invalidateQueries({ queryKey: ['kept'] });
    },
    // What somebody else has written meanwhile is to be seen.
    onError: () => queries.invalidateQueries({ queryKey: ['kept', 'written', id] }),
  });
  const problem = save.error === null ? null : problemOfCall(save.error);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields within
    <form
      ref={form}
      aria-label={t('Label and note')}
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        save.mutate(seen);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEnd();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
    >
      {problem === null ? null : (
        <ProblemNotice problem={problem}>
          {problem.code === 'snapshot-changed' ? (
            <>
              <WrittenLines written={written} />
              <Button
                variant="default"
                onClick={() => {
                  setSeen(version);
                  save.mutate(version);
                }}
              >
                {t('Save what is typed here all the same')}
              </Button>
            </>
          ) : null}
        </ProblemNotice>
      )}
      <TextInput
        label={t.as('of a snapshot', 'Label')}
        maxLength={200}
        value={label}
        onChange={({ currentTarget }) => setLabel(currentTarget.value)}
      />
      <Textarea
        label={t('Note')}
        autosize
        minRows={2}
        maxLength={4000}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <div className={classes.tools}>
        <Button type="submit" loading={save.isPending}>
          {t('Save')}
        </Button>
        <Button variant="default" onClick={onEnd}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  );
}
