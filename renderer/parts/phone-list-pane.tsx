import { ActionIcon } from '@mantine/core';
import { IconBrandAndroid, IconDeviceMobile, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ListedPhone, SourceTrouble } from '../received.ts';
import { usePhoneList, usePhoneWork, useProgram } from '../program.tsx';
import { stateWords } from '../words.ts';
import classes from './phone-list-pane.module.css';
import { phoneName, PhoneText } from './phone-text.tsx';
import { SampleBadge } from './sample-badge.tsx';

/** Every phone that can be seen, with its state and, where it is not ready, what to do about it. */
export function PhoneListPane() {
  const { list, problem } = usePhoneList();
  const phones = list?.phones ?? [];
  const waiting = phones.filter((phone) => phone.remedy !== null);
  return (
    <nav aria-label="Phones">
      <h2 className={classes.heading}>Phones</h2>
      {list !== null && phones.length === 0 ? <p className={classes.empty}>No phone is plugged in.</p> : null}
      {list === null && problem === null ? <p className={classes.empty}>Looking for phones…</p> : null}
      {problem === null ? null : <p className={classes.empty}>{problem.message}</p>}
      <ul className={classes.list}>
        {phones.map((phone) => (
          <PhoneRow key={phone.id} phone={phone} open={waiting.length === 1} />
        ))}
      </ul>
      {list?.troubles.map((trouble) => (
        <Trouble key={trouble.code} trouble={trouble} />
      ))}
    </nav>
  );
}

function PhoneRow({ phone, open }: { phone: ListedPhone; open: boolean }) {
  const { activity } = usePhoneWork(phone.id);
  const Icon = phone.platform === 'android' ? IconBrandAndroid : IconDeviceMobile;
  const doing = activity === null ? null : activity.kind === 'scan' ? 'Scanning…' : 'Correcting…';
  const name = phoneName(phone);
  return (
    <li className={classes.row}>
      <Link to="/phones/$phoneId" params={{ phoneId: phone.id }} className={classes.phone} title={name}>
        <Icon size={20} aria-hidden />
        <span className={classes.name}>
          <PhoneText>{name}</PhoneText>
        </span>
        <span className={classes.state}>
          <span className={classes.words}>
            <span className={classes.dot} data-state={phone.state} />
            {doing ?? stateWords[phone.state]}
          </span>
          {phone.sample ? <SampleBadge /> : null}
        </span>
      </Link>
      {phone.sample ? <RemoveSample phone={phone} name={name} /> : null}
      {phone.remedy === null ? null : (
        <details className={classes.remedy} open={open}>
          <summary>{phone.remedy.title}</summary>
          <ol>
            {phone.remedy.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}

function RemoveSample({ phone, name }: { phone: ListedPhone; name: string }) {
  const { client } = useProgram();
  const navigate = useNavigate();
  const shown = useParams({ strict: false }).phoneId;
  const remove = useMutation({
    mutationFn: () => client.removeSample.mutate({ phoneId: phone.id }),
    onSuccess: () => (shown === phone.id ? navigate({ to: '/' }) : undefined),
  });
  return (
    <ActionIcon
      className={classes.remove}
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={`Remove sample ${name}`}
      onClick={() => remove.mutate()}
      loading={remove.isPending}
    >
      <IconX size={14} aria-hidden />
    </ActionIcon>
  );
}

function Trouble({ trouble }: { trouble: SourceTrouble }) {
  return (
    <section className={classes.trouble} aria-label={trouble.remedy.title}>
      <strong>{trouble.message}</strong>
      <ol>
        {trouble.remedy.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
