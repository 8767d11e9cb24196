import type { Evidence } from '../program/received.ts';
import { momentText } from '../parts/value-text.ts';
import classes from './evidence-list.module.css';
import { Value } from '../parts/value.tsx';

/** What a finding rests on: each value, the command it came from and the moment, and what it does not prove. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  return (
    <ul className={classes.list}>
      {evidence.map((item) => (
        <li key={`${item.path} ${item.command}`}>
          <div className={classes.value}>
            {item.label}:{' '}
            <strong>{item.unavailable === null ? <Value value={item.value} /> : 'could not be read'}</strong>
            {item.unavailable === null ? null : (
              <>
                {' ('}
                <bdi>{item.unavailable.detail}</bdi>)
              </>
            )}
          </div>
          <div className={classes.source}>
            <code>
              <bdi>{item.command}</bdi>
            </code>{' '}
            · <time dateTime={item.at}>{momentText(item.at)}</time> · <bdi>{item.path}</bdi>
          </div>
          {item.underPower ? (
            <div className={classes.caution}>Read under USB power, which changes this value by itself.</div>
          ) : null}
          {item.doesNotProve === null ? null : <div className={classes.caution}>{item.doesNotProve}</div>}
        </li>
      ))}
    </ul>
  );
}
