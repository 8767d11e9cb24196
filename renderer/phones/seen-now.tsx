import { usePhoneList } from '../program/program.tsx';
import type { Platform } from '../program/received.ts';
import { phoneName, PhoneText } from '../parts/phone-text.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { stateWords } from '../parts/words.ts';
import classes from './seen-now.module.css';

const nouns: Record<Platform, string> = { android: 'Android phone', ios: 'iPhone' };

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
        <span>{platform === null ? 'Looking for a phone…' : `No ${nouns[platform]} is seen yet. Looking…`}</span>
      ) : (
        <span>
          {seen.length > 1 ? (
            `${seen.length} phones are seen: choose one from the list.`
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
