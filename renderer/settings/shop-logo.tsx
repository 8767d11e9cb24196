import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import classes from './settings.module.css';

/** As the program takes it; it is refused there too. */
const largest = 128 * 1024;

async function base64Of(file: File): Promise<string> {
  if (file.size > largest) throw new Error(t('The logo is larger than 128 KiB.'));
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
}

/** The picture that stands on what is printed: shown, chosen, removed. */
export function ShopLogo() {
  const { client } = useProgram();
  const queries = useQueryClient();
  const chooser = useRef<HTMLInputElement>(null);
  const logo = useQuery({ queryKey: ['logo'], queryFn: () => client.settings.logo.query(), staleTime: Infinity });
  const shown = logo.data ?? null;
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['logo'] });
  const keep = useMutation({
    mutationFn: async (file: File) => client.settings.setLogo.mutate({ base64: await base64Of(file) }),
    onSuccess,
  });
  const choose = useRef<HTMLButtonElement>(null);
  const remove = useMutation({
    mutationFn: () => client.settings.removeLogo.mutate(),
    onSuccess: async () => {
      await onSuccess();
      choose.current?.focus();
    },
  });
  const problem = keep.error ?? remove.error;
  return (
    <>
      {shown === null ? null : <img className={classes.logo} src={shown} alt={t('The shop’s logo')} />}
      <input
        ref={chooser}
        type="file"
        accept="image/png,image/jpeg"
        hidden
        aria-label={t('Picture of the logo')}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) keep.mutate(file);
          currentTarget.value = '';
        }}
      />
      <div className={classes.buttons}>
        <Button ref={choose} variant="default" loading={keep.isPending} onClick={() => chooser.current?.click()}>
          {shown === null ? t('Choose a picture…') : t('Choose another…')}
        </Button>
        {shown === null ? null : (
          <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('Remove')}
          </Button>
        )}
      </div>
      {problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />}
    </>
  );
}
