import { UnstyledButton } from '@mantine/core';
import { findingKey } from '../program/phone-work.ts';
import type { Finding, FindingName } from '../program/received.ts';
import classes from './finding-card.module.css';
import { PhoneText } from '../parts/phone-text.tsx';

/** What marks the place of a finding on the screen, so that {@link FindingLink} finds it. */
export const findingPlace = (finding: FindingName) => ({ 'data-finding': findingKey(finding), tabIndex: -1 });

function goTo(finding: FindingName): void {
  const key = findingKey(finding);
  const places = document.querySelectorAll<HTMLElement>('[data-finding]');
  const place = [...places].find(({ dataset }) => dataset['finding'] === key);
  const fold = place?.closest<HTMLDetailsElement>('details');
  if (fold) fold.open = true;
  place?.focus();
}

/** Leads to a finding on this screen. */
export function FindingLink({ finding }: { finding: Finding }) {
  return (
    <UnstyledButton className={classes.link} onClick={() => goTo(finding)}>
      <PhoneText>{finding.title}</PhoneText>
    </UnstyledButton>
  );
}
