import type { Remedy } from '../program/received.ts';
import classes from './correction.module.css';
import { PhoneText } from '../parts/phone-text.tsx';

/** What to do about a phone that refused or did not come back. */
export function RemedySteps({ remedy }: { remedy: Remedy }) {
  return (
    <div>
      <strong>
        <PhoneText>{remedy.title}</PhoneText>
      </strong>
      <ol className={classes.steps}>
        {remedy.steps.map((step) => (
          <li key={step}>
            <PhoneText>{step}</PhoneText>
          </li>
        ))}
      </ol>
    </div>
  );
}
