import { Button } from '@mantine/core';
import { IconBrandAndroid, IconDeviceMobile } from '../parts/icons.tsx';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import classes from './welcome.module.css';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';

const platforms = [
  { platform: 'android', title: 'Android', Icon: IconBrandAndroid },
  { platform: 'ios', title: 'iPhone', Icon: IconDeviceMobile },
] as const;

/** Sample phones, for walking the whole way without one: they answer like real phones and change when corrected. */
export function SamplePicker({ primary }: { primary: boolean }) {
  const { client } = useProgram();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState(false);
  const samples = useQuery({
    queryKey: ['samples'],
    queryFn: () => client.samples.query(),
    enabled: open,
    staleTime: Infinity,
  });
  const add = useMutation({
    mutationFn: (profile: string) => client.addSample.mutate({ profile }),
    onSuccess: ({ phoneId }) => navigate({ to: '/phones/$phoneId', params: { phoneId } }),
  });
  const problem = samples.error ?? add.error;
  return (
    <section className={classes.samples} aria-label="Sample phones">
      <div className={classes.offer}>
        <Button
          variant={primary ? 'filled' : 'default'}
          size={primary ? 'md' : 'sm'}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          Try a sample phone
        </Button>
      </div>
      {problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />}
      {open && samples.data !== undefined
        ? platforms.map(({ platform, title, Icon }) => {
            const own = samples.data.filter((sample) => sample.platform === platform && (all || sample.first));
            return own.length === 0 ? null : (
              <div key={platform}>
                <h2 className={classes.platform}>{title}</h2>
                <ul className={classes.sampleList}>
                  {own.map((sample) => (
                    <li key={sample.id}>
                      <button
                        type="button"
                        className={classes.sample}
                        // eslint-disable-next-line jsx-a11y/no-autofocus -- the list has just been opened by the button before it
                        autoFocus={sample === samples.data[0]}
                        disabled={add.isPending}
                        onClick={() => add.mutate(sample.id)}
                      >
                        <Icon size={20} aria-hidden />
                        <SampleTitle title={sample.title} />
                      </button>
                    </li>
                  ))}
                </ul>
              </div>
            );
          })
        : null}
      {open && !all && samples.data !== undefined ? (
        <div>
          <Button variant="subtle" onClick={() => setAll(true)}>
            All {samples.data.length} samples
          </Button>
        </div>
      ) : null}
    </section>
  );
}

/** `Pixel 8, Android 14: battery saver and Data Saver` in two lines: the phone, and what is the matter with it. */
function SampleTitle({ title }: { title: string }) {
  const [phone, ...matter] = title.split(': ');
  return (
    <span>
      <span className={classes.samplePhone}>
        <PhoneText>{phone ?? ''}</PhoneText>
      </span>
      <span className={classes.sampleMatter}>
        <PhoneText>{matter.join(': ')}</PhoneText>
      </span>
    </span>
  );
}
