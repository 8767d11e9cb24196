import { t } from '../language/words.ts';
import { Button, TextInput } from '@mantine/core';
import { IconBrandAndroid, IconDeviceMobile } from '../parts/icons.tsx';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import classes from './sample-picker.module.css';
import { isFound } from '../parts/found.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { isolated, PhoneText } from '../parts/phone-text.tsx';

const icons = { android: IconBrandAndroid, ios: IconDeviceMobile } as const;

/** Sample phones, for walking the whole way without one: they answer like real phones and change when corrected. */
export function SamplePicker() {
  const { client } = useProgram();
  const navigate = useNavigate();
  const [all, setAll] = useState(false);
  const [sought, setSought] = useState('');
  const samples = useQuery({ queryKey: ['samples'], queryFn: () => client.samples.query(), staleTime: Infinity });
  const add = useMutation({
    mutationFn: (profile: string) => client.addSample.mutate({ profile }),
    onSuccess: ({ phoneId }) => navigate({ to: '/phones/$phoneId', params: { phoneId } }),
  });
  const problem = samples.error ?? add.error;
  const offered = samples.data ?? [];
  const shown = offered.filter((sample) => (all ? isFound(`${sample.phone} ${sample.matter}`, sought) : sample.first));
  return (
    <section className={classes.samples} aria-label={t('Sample phones')}>
      {problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />}
      {all ? (
        <TextInput
          aria-label={t('Search the samples')}
          placeholder={t('Search: Samsung, iCloud, battery…')}
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
          data-autofocus
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the list has just been opened by the button in its place
          autoFocus
        />
      ) : null}
      <ul className={classes.list}>
        {shown.map((sample) => {
          const Icon = icons[sample.platform];
          // The first few are told apart by their model alone.
          const phone = all ? sample.phone : (sample.phone.split(', ')[0] ?? '');
          return (
            <li key={sample.id}>
              <button
                type="button"
                className={classes.sample}
                aria-label={isolated([phone, sample.matter].join(all ? ': ' : ', '))}
                // eslint-disable-next-line jsx-a11y/no-autofocus -- the list has just been opened by the button before it
                autoFocus={!all && sample === shown[0]}
                disabled={add.isPending}
                onClick={() => add.mutate(sample.id)}
              >
                <Icon size={20} aria-hidden />
                <span>
                  <span className={classes.phone}>
                    <PhoneText>{phone}</PhoneText>
                  </span>{' '}
                  <span className={classes.matter}>
                    <bdi>{sample.matter}</bdi>
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <output className={classes.none}>{all && shown.length === 0 ? t('No sample is called that.') : null}</output>
      {!all && samples.data !== undefined ? (
        <Button variant="subtle" onClick={() => setAll(true)}>
          {t('{count, plural, one {# sample} other {All # samples}}', { count: samples.data.length })}
        </Button>
      ) : null}
    </section>
  );
}
