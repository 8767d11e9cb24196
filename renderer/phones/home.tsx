import { t } from '../language/words.ts';
import { IconBrandAndroid, IconDeviceMobile } from '../parts/icons.tsx';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { PageHeading } from '../parts/page-heading.tsx';
import { usePhoneList } from '../program/program.tsx';
import type { Platform } from '../program/received.ts';
import classes from './home.module.css';
import { OpenFile } from './open-file.tsx';
import { PastPhones } from './past-phones.tsx';
import { PhoneAndCable } from './phone-and-cable.tsx';
import { PlugInSteps } from './plug-in-steps.tsx';
import { Reminders } from './reminders.tsx';
import { SamplePicker } from './sample-picker.tsx';
import { SeenNow } from './seen-now.tsx';

/** Once for each time it is plugged in, so that a person can come back to this screen. */
const openedByItself = new Set<string>();

/** A phone that is the only one is opened by itself. */
function useOpensTheOnlyPhone(): void {
  const { list } = usePhoneList();
  const navigate = useNavigate();
  const real = list?.phones.filter((phone) => !phone.sample) ?? [];
  const only = real.length === 1 ? (real[0]?.id ?? null) : null;
  useEffect(() => {
    if (list === null) return;
    for (const id of openedByItself) if (!list.phones.some((phone) => phone.id === id)) openedByItself.delete(id);
    if (only === null || openedByItself.has(only)) return;
    openedByItself.add(only);
    void navigate({ to: '/phones/$phoneId', params: { phoneId: only } });
  }, [list, only, navigate]);
}

type Way = 'sample' | 'file' | 'past';

/** What stands in place of a phone, each behind a quiet button; one at a time is open. */
const ways = (): { way: Way; label: string; Shown: () => ReactNode }[] => [
  { way: 'sample', label: t('Try a sample phone'), Shown: SamplePicker },
  { way: 'file', label: t('Open a bug report or backup'), Shown: OpenFile },
  { way: 'past', label: t('Past phones'), Shown: PastPhones },
];

/** The first screen: how to plug in a phone, or what stands in its place. */
export function HomeScreen() {
  useOpensTheOnlyPhone();
  const { list } = usePhoneList();
  const [platform, setPlatform] = useState<Platform | null>(null);
  const [open, setOpen] = useState<Way | null>(null);
  const isPlugged = list?.phones.some((phone) => !phone.sample) ?? false;
  const Shown = ways().find(({ way }) => way === open)?.Shown ?? null;
  return (
    <div className={classes.home}>
      <Reminders />
      <div className={classes.card}>
        {/* Whoever has begun needs the room for the steps. */}
        {platform === null ? <PhoneAndCable /> : null}
        <PageHeading>
          {isPlugged ? t('Choose a phone from the list') : t('Plug in the phone whose photos don’t back up')}
        </PageHeading>
        {platform === null ? (
          <>
            <SeenNow platform={null} />
            <div className={classes.choice}>
              <button type="button" className={classes.kind} onClick={() => setPlatform('ios')}>
                <IconDeviceMobile size={24} aria-hidden />
                {t('It’s an iPhone')}
              </button>
              <button type="button" className={classes.kind} onClick={() => setPlatform('android')}>
                <IconBrandAndroid size={24} aria-hidden />
                {t('It’s Android')}
              </button>
            </div>
          </>
        ) : (
          <PlugInSteps key={platform} platform={platform} onBack={() => setPlatform(null)} />
        )}
        <p className={classes.promise}>
          <span>{t('A scan changes nothing on the phone.')}</span> <span>{t('Nothing leaves this computer.')}</span>
        </p>
      </div>
      <div className={classes.ways}>
        {ways().map(({ way, label }) => (
          <button
            key={way}
            type="button"
            className={classes.way}
            aria-expanded={open === way}
            onClick={() => setOpen(open === way ? null : way)}
          >
            {label}
          </button>
        ))}
      </div>
      {Shown === null ? null : <Shown />}
    </div>
  );
}
