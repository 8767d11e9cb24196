import { t } from '../language/words.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { usePhoneList } from '../program/program.tsx';
import { isIphoneHere } from '../program/phone-list-store.ts';
import classes from './bench.module.css';
import { PhonePicture } from './phone-picture.tsx';

/** No phone is at the counter. */
export function EmptyBench() {
  return (
    <section className={classes.empty}>
      <PhonePicture platform="android" />
      <h2>{t('Plug in the first phone')}</h2>
      <p>{t('Each phone gets a card and keeps its place. With two phones the bench opens by itself.')}</p>
      <TextLink to="/">{t('Plugged in, and not here? Or try a sample phone')}</TextLink>
    </section>
  );
}

/** Why phones of one kind cannot be seen; of iPhones only where one is here. */
export function SourceTroubles() {
  const { list } = usePhoneList();
  const told = (list?.troubles ?? []).filter(({ platform }) => platform === 'android' || isIphoneHere(list));
  return told.map(({ code, message, platform }) => (
    <p key={code} className={classes.counts}>
      <PhoneText>{message}</PhoneText>{' '}
      <TextLink to="/connection-help" search={{ platform }}>
        {t('What to do')}
      </TextLink>
    </p>
  ));
}
