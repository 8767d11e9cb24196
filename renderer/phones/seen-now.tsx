import { t } from '../language/words.ts';
import { usePhoneList } from '../program/program.tsx';
import type { Platform } from '../program/received.ts';
import { phoneName, PhoneText } from '../parts/phone-text.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { stateWords } from '../parts/words.ts';
import classes from './seen-now.module.css';

function notSeen(platform: Platform | null): string {
  if (platform === null) return t('Looking for a phone…');
  return platform === 'ios' ? t('No iPhone is seen yet. Looking…') : t('No Android phone is seen yet. Looking…');
}

/** What the program sees at this moment, by itself; `platform`: of one kind only. */
export function SeenNow({ platform }: { platform: Platform | null }) {
  const { list, problem } = usePhoneList();
  const seen =
    list?.phones.filter((phone) => !phone.sample && (platform === null || phone.platform === platform)) ?? [];
  const [first] = seen;
  return (
    <output className={classes.seen}>
      <span className={classes.dot} data-state={first?.state ?? 'none'} aria-hidden />
      {problem !== null ? (
        <PhoneText>{problem.message}</PhoneText>
      ) : first === undefined ? (
        <span>{notSeen(platform)}</span>
      ) : (
        <span>
          {seen.length > 1 ? (
            t('{count, plural, one {# phone is seen.} other {# phones are seen.}}', {
              count: seen.length,
            })
          ) : (
            <>
              <TextLink to="/phones/$phoneId" params={{ phoneId: first.id }} size="sm">
                <PhoneText>{phoneName(first)}</PhoneText>
              </TextLink>
              : {stateWords()[first.state]}
            </>
          )}
        </span>
      )}
    </output>
  );
}
