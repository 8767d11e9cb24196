import { useMutation } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { t } from '../language/words.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import classes from './bench.module.css';

interface PlaceNameProps {
  number: number;
  /** null: nobody has named it. */
  place: string | null;
  tabIndex: number;
}

/** The number of a place and its name, which is changed where it stands. */
export function PlaceName({ number, place, tabIndex }: PlaceNameProps) {
  const { client } = useProgram();
  const [typed, setTyped] = useState<string | null>(null);
  const rename = useMutation({ mutationFn: (name: string) => client.nameSlot.mutate({ slot: number, name }) });
  const keep = (): void => {
    if (typed !== null && typed.trim() !== (place ?? '')) rename.mutate(typed);
    setTyped(null);
  };
  if (typed !== null) {
    return (
      <form
        className={classes.naming}
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          keep();
        }}
      >
        <input
          aria-label={t('Name of place {number, number}', { number })}
          value={typed}
          maxLength={40}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- it stands in the place of the button that was pressed
          autoFocus
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            setTyped(null);
          }}
        />
      </form>
    );
  }
  return (
    <>
      <button
        type="button"
        className={classes.place}
        tabIndex={tabIndex}
        data-name-place={number}
        title={t('Name this place (N)')}
        onClick={() => setTyped(place ?? '')}
      >
        <span className={classes.number}>{number}</span>
        {place === null ? null : <PhoneText>{place}</PhoneText>}
      </button>
      {rename.error === null ? null : <ProblemNotice problem={problemOfCall(rename.error)} />}
    </>
  );
}
