import { t } from '../language/words.ts';
import type { SnapshotColumns } from '../program/received.ts';

type Story = SnapshotColumns['story'];
type Outcome = SnapshotColumns['findings'][number]['outcome'];

/** `A` of the first column. */
export const letterOf = (index: number): string => String.fromCodePoint(65 + index);

/** What a column is called: only one phone, earlier and later, has a before and an after. */
export function columnTitle(story: Story, index: number): string {
  if (story !== 'time') return letterOf(index);
  return index === 0 ? t('Before') : t('After');
}

/** What the groups of findings are called, in the order in which they are read. */
export function groupTitles(story: Story): readonly (readonly [Outcome, string])[] {
  switch (story) {
    case 'time':
      return [
        ['gone', t('No longer a problem')],
        ['new', t('New')],
        ['still', t('Still there')],
        ['unproven', t('Changed, but not proved gone')],
        ['other', t('Other changes')],
      ];
    case 'sides':
      return [
        ['gone', t('Only in A')],
        ['new', t('Only in B')],
        ['unproven', t('In A, not known of B')],
        ['still', t('In both')],
        ['other', t('Other differences')],
      ];
    case 'columns':
      return [
        ['differs', t('Not in all')],
        ['still', t('In all')],
        ['other', t('Other differences')],
      ];
  }
}

/** How many there are of each, in one line. */
export function summaryWords({ story, findings, values }: SnapshotColumns): string {
  const having = (outcome: Outcome): number => findings.filter((row) => row.outcome === outcome && !row.aside).length;
  const changed = values.filter(({ differs, passing }) => differs && !passing).length;
  const still = having('still');
  switch (story) {
    case 'time':
      return t(
        '{gone, plural, one {# problem} other {# problems}} gone, {fresh, number} new, {still, number} still there, {changed, plural, one {# value} other {# values}} changed.',
        { gone: having('gone'), fresh: having('new'), still, changed },
      );
    case 'sides':
      return t(
        '{first, plural, one {# problem} other {# problems}} only in A, {second, number} only in B, {still, number} in both, {changed, plural, one {# value} other {# values}} not alike.',
        { first: having('gone') + having('unproven'), second: having('new'), still, changed },
      );
    case 'columns':
      return t(
        '{differs, plural, one {# problem} other {# problems}} not in all, {still, number} in all, {changed, plural, one {# value} other {# values}} not alike.',
        { differs: having('differs'), still, changed },
      );
  }
}
