import type { Platform } from '../program/received.ts';
import classes from './bench.module.css';

/** A drawing of a phone, so that an iPhone is told from an Android phone at a glance. */
export function PhonePicture({ platform }: { platform: Platform }) {
  return (
    <svg className={classes.picture} viewBox="0 0 28 52" width={28} height={52} aria-hidden focusable={false}>
      <rect x="1" y="1" width="26" height="50" rx={platform === 'ios' ? 7 : 5} className={classes.body} />
      <rect x="3.5" y="3.5" width="21" height="45" rx={platform === 'ios' ? 4.5 : 2.5} className={classes.glass} />
      {platform === 'ios' ? (
        <rect x="10" y="6" width="8" height="2.5" rx="1.25" className={classes.lens} />
      ) : (
        <circle cx="14" cy="7.25" r="1.5" className={classes.lens} />
      )}
    </svg>
  );
}
