import { useEffect, useState } from 'react';
import { t } from '../language/words.ts';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { momentText } from '../parts/value-text.ts';
import { useProgram } from '../program/program.tsx';
import type { StoreHealth } from '../program/received.ts';

/** What was found of the store beside the work: damage, a folder that is gone, and a clock that has gone back. */
export function StoreNotice() {
  const { client } = useProgram();
  const [health, setHealth] = useState<StoreHealth | null>(null);
  useEffect(() => {
    const following = client.storeHealth.subscribe(undefined, { onData: setHealth });
    return () => following.unsubscribe();
  }, [client]);
  if (health === null) return null;
  const { state, problem, clockBehind } = health;
  return (
    <>
      {state === 'damaged' && problem !== null ? (
        <Notice tone="bad" title={<PhoneText>{problem.message}</PhoneText>} live="polite">
          <TextLink to="/settings/backups">{t('Look at the backups')}</TextLink>
        </Notice>
      ) : null}
      {state === 'unusable' && problem !== null ? (
        <Notice tone="bad" title={<PhoneText>{problem.message}</PhoneText>} live="polite" />
      ) : null}
      {clockBehind === null ? null : (
        <Notice
          tone="warn"
          title={t('This computer’s clock is behind: something was kept on {moment} already.', {
            moment: momentText(clockBehind),
          })}
          live="polite"
        >
          {t('Set the clock, or what is kept now stands in the wrong order.')}
        </Notice>
      )}
    </>
  );
}
