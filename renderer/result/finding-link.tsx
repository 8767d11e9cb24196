import { UnstyledButton } from '@mantine/core';
import { findingKey } from '../program/phone-work.ts';
import type { Finding, FindingName } from '../program/received.ts';
import classes from './finding-card.module.css';
import { PhoneText } from '../parts/phone-text.tsx';

/** What marks the place of a finding on the screen, so that {@link FindingLink} finds it. */
export const findingPlace = (finding: FindingName) => ({ 'data-finding': findingKey(finding), tabIndex: -1 });

function placeOf(finding: FindingName): HTMLElement | undefined {
  const key = findingKey(finding);
  return [...document.querySelectorAll<HTMLElement>('[data-finding]')].find(
    ({ dataset }) => dataset['finding'] === key,
  );
}

/** Opens every fold that it stands in. */
function show(place: HTMLElement): void {
  for (let fold = place.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null) {
    fold.open = true;
  }
  place.focus();
}

function goTo(finding: FindingName): void {
  const place = placeOf(finding);
  if (place !== undefined) return show(place);
  // What holds nothing back is made when its fold is opened.
  const rest = document.querySelector<HTMLDetailsElement>('details[data-everything-else]');
  if (rest === null) return;
  const showMade = (): void => {
    const made = placeOf(finding);
    if (made !== undefined) show(made);
  };
  rest.addEventListener('toggle', () => requestAnimationFrame(showMade), { once: true });
  rest.open = true;
}

/** Leads to a finding on this screen. */
export function FindingLink({ finding }: { finding: Finding }) {
  return (
    <UnstyledButton className={classes.link} onClick={() => goTo(finding)}>
      <PhoneText>{finding.title}</PhoneText>
    </UnstyledButton>
  );
}
