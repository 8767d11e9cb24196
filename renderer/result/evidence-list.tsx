import { t } from '../language/words.ts';
import type { Evidence } from '../program/received.ts';
import { momentText } from '../parts/value-text.ts';
import classes from './evidence-list.module.css';
import { Value } from '../parts/value.tsx';
import { PhoneText } from '../parts/phone-text.tsx';

/** What a finding rests on: each value, the command it came from and the moment, and what it does not prove. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  return (
    <ul className={classes.list}>
      {evidence.map((item) => (
        <li key={`${item.path} ${item.command}`}>
          <div className={classes.value}>
            <PhoneText>{item.label}</PhoneText>:{' '}
            <strong>{item.unavailable === null ? <Value value={item.value} /> : t('could not be read')}</strong>
            {item.unavailable === null ? null : (
              <>
                {' ('}
                <PhoneText>{item.unavailable.detail}</PhoneText>)
              </>
            )}
          </div>
          <div className={classes.source}>
            <code>
              <PhoneText>{item.command}</PhoneText>
            </code>{' '}
            · <time dateTime={item.at}>{momentText(item.at)}</time> · <PhoneText>{item.path}</PhoneText>
          </div>
          {item.underPower ? (
            <div className={classes.caution}>{t('Read under USB power, which changes this value by itself.')}</div>
          ) : null}
          {item.doesNotProve === null ? null : (
            <div className={classes.caution}>
              <PhoneText>{item.doesNotProve}</PhoneText>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
