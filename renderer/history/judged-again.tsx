import { useQuery } from '@tanstack/react-query';
import { t } from '../language/words.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { ScrolledTable } from '../parts/scrolled-table.tsx';
import table from '../parts/table.module.css';
import { statusWords } from '../parts/words.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { JudgedAgain as Judged } from '../program/received.ts';
import classes from './history.module.css';

/** A kept reading as today's catalog judges it, beside how it was judged on its day. */
export function JudgedAgain({ id }: { id: string }) {
  const { client } = useProgram();
  const judged = useQuery({
    queryKey: ['kept', 'judged-again', id],
    queryFn: () => client.judgedAgain.query({ id }),
    staleTime: Infinity,
  });
  if (judged.error !== null) return <ProblemNotice problem={problemOfCall(judged.error)} />;
  if (judged.data === undefined) return null;
  const { onItsDay, today, otherwise } = judged.data;
  const same = otherwise.length === 0 && onItsDay.answer.headline === today.answer.headline;
  if (same) {
    return (
      <p className={table.quiet}>{t('Today’s catalog ({catalog}) judges it the same.', { catalog: today.catalog })}</p>
    );
  }
  return (
    <section aria-label={t('Judged again today')}>
      <div className={classes.verdicts}>
        <Verdict title={t('On its day · catalog {catalog}', { catalog: onItsDay.catalog })} said={onItsDay} />
        <Verdict title={t('Today · catalog {catalog}', { catalog: today.catalog })} said={today} />
      </div>
      {otherwise.length === 0 ? null : (
        <details className={classes.fold}>
          <summary>
            {t('{count, plural, one {# finding is} other {# findings are}} judged otherwise today', {
              count: otherwise.length,
            })}
          </summary>
          <ScrolledTable label={t('Judged again today')}>
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col">{t('Finding')}</th>
                  <th scope="col">{t('On its day')}</th>
                  <th scope="col">{t('Today')}</th>
                </tr>
              </thead>
              <tbody>
                {otherwise.map(({ cause, appName, title, onItsDay: was, today: is }) => (
                  <tr key={`${cause} ${appName ?? ''}`} data-cause={cause}>
                    <th scope="row">
                      <PhoneText>{title}</PhoneText>
                      {appName === null ? null : (
                        <div className={table.quiet}>
                          <PhoneText>{appName}</PhoneText>
                        </div>
                      )}
                    </th>
                    <td className={table.narrow}>{was === null ? t('Not judged') : statusWords()[was]}</td>
                    <td className={table.narrow}>{is === null ? t('Not judged') : statusWords()[is]}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrolledTable>
        </details>
      )}
    </section>
  );
}

function Verdict({ title, said: { answer } }: { title: string; said: Judged['onItsDay'] }) {
  return (
    <div className={classes.verdict}>
      <span className={table.quiet}>{title}</span>
      <strong>
        <PhoneText>{answer.headline}</PhoneText>
      </strong>
      <span>
        <PhoneText>{answer.sentence}</PhoneText>
      </span>
    </div>
  );
}
