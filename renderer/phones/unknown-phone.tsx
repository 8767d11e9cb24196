import { t } from '../language/words.ts';
import { ButtonLink } from '../parts/button-link.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import classes from './phone.module.css';

/** An address of a phone that was never here, or of which nothing is kept any more. */
export function UnknownPhone({ phoneId }: { phoneId: string }) {
  return (
    <>
      <PageHeading>{t('This phone is not known')}</PageHeading>
      <p className={classes.unknown}>
        {t.rich('No phone with the number {id} is plugged in, and nothing is kept of one.', {
          id: <PhoneText>{phoneId}</PhoneText>,
        })}
      </p>
      <p>
        <ButtonLink to="/">{t('Plug in a phone')}</ButtonLink>
      </p>
    </>
  );
}
