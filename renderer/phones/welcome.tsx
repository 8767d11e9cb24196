import { IconBrandAndroid, IconDeviceMobile } from '../parts/icons.tsx';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Notice } from '../parts/notice.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { RemedySteps } from '../corrections/remedy-steps.tsx';
import { TextLink } from '../parts/text-link.tsx';
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
      <PageHeading>
        {real.length === 0 ? 'Plug in the phone whose photos don’t back up' : 'Choose a phone from the list'}
      </PageHeading>
      <p className={classes.lead}>A scan changes nothing on the phone, and nothing leaves this computer.</p>
      <Reminders />
      <div className={classes.ways}>
        <details className={classes.way}>
          <summary>
            <IconBrandAndroid size={20} aria-hidden />
            It’s an Android phone
          </summary>
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
        </details>
        <details className={classes.way}>
          <summary>
            <IconDeviceMobile size={20} aria-hidden />
            It’s an iPhone
          </summary>
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
        </details>
      </div>
      <SamplePicker primary={real.length === 0} />
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
  const trouble = list?.troubles.find(({ platform }) => platform === 'ios') ?? null;
  if (trouble === null) return null;
  return (
    <div className={classes.iphone}>
      <Notice tone="warn" title={<PhoneText>{trouble.message}</PhoneText>} live="polite">
        <RemedySteps remedy={trouble.remedy} />
      </Notice>
    </div>
  );
}
