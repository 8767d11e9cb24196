import type { Remedy } from '../program/received.ts';
import classes from './correction.module.css';

/** What to do about a phone that refused or did not come back. */
export function RemedySteps({ remedy }: { remedy: Remedy }) {
  return (
    <div>
      <strong>{remedy.title}</strong>
      <ol className={classes.steps}>
        {remedy.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}
