import { t } from '../language/words.ts';
import { ActionIcon } from '@mantine/core';
import { IconBrandAndroid, IconDeviceMobile, IconPlugConnectedX, IconX } from '../parts/icons.tsx';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ListedPhone, SourceTrouble } from '../program/received.ts';
import { namedPhone } from '../program/named-phone.ts';
import { isIphoneHere } from '../program/phone-list-store.ts';
import { usePhoneList, usePhoneWork, useProgram } from '../program/program.tsx';
import { iphonesNotSetUp, stateWords } from '../parts/words.ts';
import classes from './phone-list-pane.module.css';
import { useIsUnknown, usePhoneName, useTellingSerial } from './known-phone.ts';
import { PairAgain } from './pair-again.tsx';
import { isolated, phoneName, PhoneText } from '../parts/phone-text.tsx';
import { SampleBadge } from '../parts/sample-badge.tsx';
import { TextLink } from '../parts/text-link.tsx';

/** Every phone that can be seen, with its state and, where it is not ready, what to do about it. */
export function PhoneListPane() {
  const { list, problem } = usePhoneList();
  const phones = list?.phones ?? [];
  const waiting = phones.filter((phone) => phone.remedy !== null);
  const shown = useParams({ strict: false }).phoneId ?? null;
  const absent = list !== null && shown !== null && !phones.some(({ id }) => id === shown) ? shown : null;
  return (
    <nav aria-label={t('Phones')}>
      <h2 className={classes.heading}>{t('Phones')}</h2>
      {list !== null && phones.length === 0 ? <p className={classes.empty}>{t('No phone is plugged in.')}</p> : null}
      {list === null && problem === null ? <p className={classes.empty}>{t('Looking for phones…')}</p> : null}
      {problem === null ? null : (
        <p className={classes.empty}>
          <PhoneText>{problem.message}</PhoneText>
        </p>
      )}
      <ul className={classes.list}>
        {phones.map((phone) => (
          <PhoneRow key={phone.id} phone={phone} shown={phone.id === shown} open={waiting.length === 1} />
        ))}
        {absent === null ? null : <AbsentRow phoneId={absent} />}
      </ul>
      {list !== null && phones.length === 0 ? (
        <p className={classes.empty}>
          <TextLink to="/connection-help" search={{ platform: 'android', state: 'unseen' }} size="sm">
            {t('Plugged in, and not here?')}
          </TextLink>
        </p>
      ) : null}
      {list?.troubles.map((trouble) =>
        trouble.platform === 'ios' && !isIphoneHere(list) ? (
          <QuietTrouble key={trouble.code} trouble={trouble} />
        ) : (
          <Trouble key={trouble.code} trouble={trouble} />
        ),
      )}
    </nav>
  );
}

interface PhoneRowProps {
  phone: ListedPhone;
  /** Whether the screen is about this phone. */
  shown: boolean;
  /** Whether what to do about it is open. */
  open: boolean;
}

function PhoneRow({ phone, shown, open }: PhoneRowProps) {
  const { activity, report } = usePhoneWork(phone.id);
  const Icon = phone.platform === 'android' ? IconBrandAndroid : IconDeviceMobile;
  const doing = activity === null ? null : activity.kind === 'scan' ? t('Scanning…') : t('Correcting…');
  const name = phoneName(namedPhone(phone, report));
  const serial = useTellingSerial(phone.id);
  const row = useRef<HTMLLIElement>(null);
  // On a narrow window the phones stand side by side: the one that is shown is in sight.
  useEffect(() => {
    const strip = row.current?.parentElement ?? null;
    if (!shown || row.current === null || strip === null) return;
    strip.scrollLeft = row.current.offsetLeft - strip.offsetLeft - (strip.clientWidth - row.current.offsetWidth) / 2;
  }, [shown]);
  return (
    <li className={classes.row} ref={row}>
      <Link
        to="/phones/$phoneId"
        params={{ phoneId: phone.id }}
        className={classes.phone}
        title={isolated(serial === null ? name : `${name} ${serial}`)}
      >
        <Icon size={20} aria-hidden />
        <span className={classes.name}>
          <PhoneText>{name}</PhoneText>
          {serial === null ? null : (
            <span className={classes.serial}>
              {' '}
              <PhoneText>{serial}</PhoneText>
            </span>
          )}
        </span>
        <span className={classes.state}>
          <span className={classes.words}>
            <span className={classes.dot} data-state={phone.state} />
            {doing ?? stateWords()[phone.state]}
          </span>
          {phone.sample ? <SampleBadge /> : null}
        </span>
      </Link>
      {phone.sample ? <RemoveSample phone={phone} name={name} /> : null}
      {/* The screen of the phone itself says it too. */}
      {phone.remedy === null || shown ? null : (
        <details className={classes.remedy} open={open}>
          <summary>
            <PhoneText>{phone.remedy.title}</PhoneText>
          </summary>
          <ol>
            {phone.remedy.steps.map((step) => (
              <li key={step}>
                <PhoneText>{step}</PhoneText>
              </li>
            ))}
          </ol>
          <PairAgain phone={phone} />
        </details>
      )}
    </li>
  );
}

/** The phone that is shown from what is kept of it. */
function AbsentRow({ phoneId }: { phoneId: string }) {
  const name = usePhoneName(phoneId);
  if (useIsUnknown(phoneId)) return null;
  return (
    <li className={classes.row}>
      <Link to="/phones/$phoneId" params={{ phoneId }} className={classes.phone} title={isolated(name)}>
        <IconPlugConnectedX size={20} aria-hidden />
        <span className={classes.name}>
          <PhoneText>{name}</PhoneText>
        </span>
        <span className={classes.state}>
          <span className={classes.words}>
            <span className={classes.dot} data-state="gone" />
            {t('Not plugged in')}
          </span>
        </span>
      </Link>
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
      size={24}
      aria-label={t('Remove sample {phone}', { phone: isolated(name) })}
      onClick={() => remove.mutate()}
      loading={remove.isPending}
    >
      <IconX size={14} aria-hidden />
    </ActionIcon>
  );
}

/** Most computers are not set up for iPhones, and who has none misses nothing by it. */
function QuietTrouble({ trouble }: { trouble: SourceTrouble }) {
  return (
    <details className={classes.quiet}>
      <summary>{iphonesNotSetUp()}</summary>
      <p>
        <PhoneText>{trouble.message}</PhoneText>
      </p>
      <ol>
        {trouble.remedy.steps.map((step) => (
          <li key={step}>
            <PhoneText>{step}</PhoneText>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Trouble({ trouble }: { trouble: SourceTrouble }) {
  return (
    <section className={classes.trouble} aria-label={isolated(trouble.remedy.title)}>
      <strong>
        <PhoneText>{trouble.message}</PhoneText>
      </strong>
      <ol>
        {trouble.remedy.steps.map((step) => (
          <li key={step}>
            <PhoneText>{step}</PhoneText>
          </li>
        ))}
      </ol>
    </section>
  );
}
