import { t } from '../language/words.ts';
import classes from './sample-badge.module.css';

/** Marks everything that does not come from a real phone. */
export function SampleBadge() {
  return <span className={classes.badge}>{t('Sample')}</span>;
}
