import { t } from '../language/words.ts';
import { licences } from 'virtual:licences';
import { PageHeading } from '../parts/page-heading.tsx';
import { TextLink } from '../parts/text-link.tsx';
import classes from './settings.module.css';

/** What this program is made of, with the licence of each part. */
export function LicencesScreen() {
  return (
    <>
      <PageHeading>{t('Licences')}</PageHeading>
      <TextLink to="/settings" size="sm">
        {t('Settings')}
      </TextLink>
      <p>
        {t(
          'Facts about how makers stop apps come in part from dontkillmyapp.com (CC-BY); each entry of the catalog names its source.',
        )}
      </p>
      <ul className={classes.entries}>
        {licences.map(({ name, version, licence, text }) => (
          <li key={`${name} ${version}`} className={classes.entry}>
            <details>
              <summary>
                {name} <small>{[version, licence].filter(Boolean).join(' · ')}</small>
              </summary>
              <pre className={classes.text}>{text}</pre>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
