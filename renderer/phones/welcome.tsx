import { Button } from '@mantine/core';
import { IconBrandAndroid, IconDeviceMobile } from '../parts/icons.tsx';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Notice } from '../parts/notice.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { RemedySteps } from '../corrections/remedy-steps.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { quietly } from '../parts/words.ts';
import { Reminders } from './reminders.tsx';
import { SamplePicker } from './sample-picker.tsx';
import { usePhoneList } from '../program/program.tsx';
import classes from './welcome.module.css';
import { PhoneText } from '../parts/phone-text.tsx';

/** Once for each time it is plugged in, so that a person can come back to this screen. */
const openedByItself = new Set<string>();

/** The first screen: how to plug in a phone, or a sample in its place. A phone that is the only one is opened by itself. */
export function WelcomeScreen() {
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

  return (
    <>
      <PageHeading>{real.length === 0 ? 'Plug in a phone' : 'Choose a phone from the list'}</PageHeading>
      <p className={classes.lead}>
        A scan finds out why photos stop backing up in the background, and each correction is proved with a second
        reading. A scan changes nothing on the phone, and nothing leaves this computer.
      </p>
      <Reminders />
      <SamplePicker primary={real.length === 0} />
      <div className={classes.ways}>
        <section className={classes.way}>
          <h2>
            <IconBrandAndroid size={20} aria-hidden />
            Android: switch on USB debugging
          </h2>
          <ol>
            <li>
              On the phone, open <strong>Settings</strong>, then <strong>About phone</strong>.
            </li>
            <li>
              Tap <strong>Build number</strong> seven times and enter the screen lock. On some phones it is under
              Software information.
            </li>
            <li>
              Go back, open <strong>System</strong>, then <strong>Developer options</strong>, and switch on{' '}
              <strong>USB debugging</strong>.
            </li>
            <li>Plug the phone in with a cable that carries data.</li>
            <li>
              Unlock it and answer <strong>Allow USB debugging?</strong> with <strong>Allow</strong>.
            </li>
          </ol>
        </section>
        <section className={classes.way}>
          <h2>
            <IconDeviceMobile size={20} aria-hidden />
            iPhone: trust this computer
          </h2>
          <ol>
            <li>Plug the iPhone in and unlock it.</li>
            <li>
              Since iOS 26, answer <strong>Allow accessory to connect?</strong> with <strong>Allow</strong>.
            </li>
            <li>
              Answer <strong>Trust This Computer?</strong> with <strong>Trust</strong>.
            </li>
            <li>Enter the passcode.</li>
          </ol>
          <IphoneSetUp />
        </section>
      </div>
      <p className={classes.help}>
        Plugged in, and not listed?{' '}
        <TextLink to="/connection-help" search={{ platform: 'android', state: 'unseen' }} size="sm">
          Help for Android phones
        </TextLink>
        {' · '}
        <TextLink to="/connection-help" search={{ platform: 'ios', state: 'unseen' }} size="sm">
          Help for iPhones
        </TextLink>
      </p>
    </>
  );
}

/** What this computer lacks for iPhones, for whoever says that it is one. */
function IphoneSetUp() {
  const { list } = usePhoneList();
  const [asked, setAsked] = useState(false);
  const trouble = list?.troubles.find(({ platform }) => platform === 'ios') ?? null;
  if (trouble === null) return null;
  if (!asked) {
    return (
      <p className={classes.iphone}>
        {quietly(trouble)}.{' '}
        <Button variant="default" size="compact-sm" onClick={() => setAsked(true)}>
          It’s an iPhone
        </Button>
      </p>
    );
  }
  return (
    <div className={classes.iphone}>
      <Notice tone="warn" title={<PhoneText>{trouble.message}</PhoneText>} live="polite">
        <RemedySteps remedy={trouble.remedy} />
      </Notice>
    </div>
  );
}
