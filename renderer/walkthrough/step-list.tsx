import { t } from '../language/words.ts';
import {
  IconArrowForwardUp,
  IconCircle,
  IconCircleCheckFilled,
  IconHelpCircle,
  IconUserCheck,
} from '../parts/icons.tsx';
import type { WalkthroughStepState, WalkthroughStepView } from '../program/received.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import classes from './walkthrough.module.css';

const signs = {
  open: IconCircle,
  done: IconCircleCheckFilled,
  'said-done': IconUserCheck,
  skipped: IconArrowForwardUp,
  unreadable: IconHelpCircle,
} satisfies Record<WalkthroughStepState, unknown>;

export const stepStateWords = (): Record<WalkthroughStepState, string> => ({
  open: t('To do'),
  done: t('Done, a reading shows it'),
  'said-done': t('Done, as was said'),
  skipped: t('Skipped'),
  unreadable: t('Could not be read'),
});

export const stepKey = ({ cause, app }: Pick<WalkthroughStepView, 'cause' | 'app'>): string =>
  JSON.stringify([cause, app]);

type Things = readonly WalkthroughStepView['things'][number][];
/** What a step counts for. */
type Counted = Pick<WalkthroughStepView, 'state'> & { finding: { title: string }; things: Things };

const thingOf = ({ finding, state }: Counted): Things => [
  { title: finding.title, settled: state !== 'open' && state !== 'unreadable' },
];

/** What is counted: as the verdict does, what holds photos back; where nothing is known to, what is worth a look. */
export function thingsIn(steps: readonly Counted[]): Things {
  const held = steps.flatMap(({ things }) => things);
  return held.length > 0 ? held : steps.flatMap(thingOf);
}

/** The titles of each step with their numbers in the count; null: it is not counted. */
function numbered(steps: readonly Counted[]): { title: string; number: number | null }[][] {
  const holds = steps.some(({ things }) => things.length > 0);
  let before = 0;
  return steps.map((step) => {
    const things = holds ? step.things : thingOf(step);
    if (things.length === 0) return [{ title: step.finding.title, number: null }];
    const first = before + 1;
    before += things.length;
    return things.map(({ title }, index) => ({ title, number: first + index }));
  });
}

interface WalkthroughStepsProps {
  steps: readonly WalkthroughStepView[];
  /** {@link stepKey} of the one that is shown; null: none. */
  shown: string | null;
  onShow: (key: string) => void;
  alreadyRight: readonly string[];
}

/** Every step in the order of work, with where it stands; below them what was right from the beginning. */
export function WalkthroughSteps({ steps, shown, onShow, alreadyRight }: WalkthroughStepsProps) {
  const titles = numbered(steps);
  return (
    <nav className={classes.list} aria-label={t('Steps')}>
      <ol>
        {steps.map((step, index) => {
          const Sign = signs[step.state];
          const key = stepKey(step);
          return (
            <li key={key}>
              <button
                type="button"
                className={classes.entry}
                aria-current={key === shown ? 'step' : undefined}
                data-state={step.state}
                data-cause={step.cause}
                data-app={step.app ?? ''}
                onClick={() => onShow(key)}
              >
                <span className={classes.sign}>
                  <Sign size={20} aria-hidden />
                </span>
                {(titles[index] ?? []).map(({ title, number }) => (
                  <span key={number} className={classes.entryTitle}>
                    {number === null ? null : <>{number}. </>}
                    <PhoneText>{title}</PhoneText>
                  </span>
                ))}
                <span className={classes.quiet}>
                  {step.appName === null ? null : (
                    <>
                      <PhoneText>{step.appName}</PhoneText>
                      {' · '}
                    </>
                  )}
                  {titles[index]?.[0]?.number === null ? `${t('Worth a look')} · ` : null}
                  {stepStateWords()[step.state]}
                  {step.added ? ` · ${t('new since the beginning')}` : null}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      {alreadyRight.length === 0 ? null : (
        <details className={classes.right}>
          <summary>
            {t('{count, plural, one {# thing was} other {# things were}} right from the beginning', {
              count: alreadyRight.length,
            })}
          </summary>
          <ul>
            {alreadyRight.map((title, index) => (
              // Two apps may be right in the same words.
              // eslint-disable-next-line react/no-array-index-key
              <li key={`${index} ${title}`}>
                <span className={classes.sign} data-state="done">
                  <IconCircleCheckFilled size={16} aria-hidden />
                </span>
                <PhoneText>{title}</PhoneText>
              </li>
            ))}
          </ul>
        </details>
      )}
    </nav>
  );
}
