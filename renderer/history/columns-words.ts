import { t } from '../language/words.ts';
import { numberText } from '../parts/value-text.ts';
import type { SnapshotColumns } from '../program/received.ts';

type Story = SnapshotColumns['story'];
type Outcome = SnapshotColumns['findings'][number]['outcome'];

/** What a snapshot is labelled, where the program did that; as it was written, where a person did. */
export function labelText(label: string): string {
  switch (label) {
    case 'before':
      return t.as('label of a snapshot', 'before');
    case 'after':
      return t.as('label of a snapshot', 'after');
    case 'from a file':
      return t.as('label of a snapshot', 'from a file');
    default:
      return label;
  }
}

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
        ['gone', t('Gone')],
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
        ['untold', t('In B, not known of A')],
        ['still', t('In both')],
        ['other', t('Other differences')],
      ];
    case 'columns':
      return [
        ['differs', t('Not in all')],
        ['unproven', t('In some, not known of the others')],
        ['still', t('In all')],
        ['other', t('Other differences')],
      ];
  }
}

/** How many problems there are, as they are counted everywhere, and what became of the findings, in one line. */
export function summaryWords({ story, columns, findings, values }: SnapshotColumns): string {
  const having = (outcome: Outcome): number => findings.filter((row) => row.outcome === outcome && !row.aside).length;
  const changed = values.filter(({ differs, passing }) => differs && !passing).length;
  const still = having('still');
  const counts = { fresh: having('new'), still, changed };
  const [first, second] = columns.map(({ problems }) => problems);
  switch (story) {
    case 'time':
      return t(
        'Problems: {first, number} before, {second, number} after. {gone, plural, one {# finding} other {# findings}} gone, {fresh, number} new, {still, number} still there; {changed, plural, one {# value} other {# values}} changed.',
        { first: first ?? 0, second: second ?? 0, gone: having('gone'), ...counts },
      );
    case 'sides':
      return t(
        'Problems: {first, number} in A, {second, number} in B. {gone, plural, one {# finding} other {# findings}} only in A, {fresh, number} only in B, {still, number} in both{lost, plural, =0 {} one {, # in A and not known of B} other {, # in A and not known of B}}{untold, plural, =0 {} one {, # in B and not known of A} other {, # in B and not known of A}}; {changed, plural, one {# value} other {# values}} not alike.',
        {
          first: first ?? 0,
          second: second ?? 0,
          gone: having('gone'),
          lost: having('unproven'),
          untold: having('untold'),
          ...counts,
        },
      );
    case 'columns':
      return t(
        'Problems: {problems}. {differs, plural, one {# finding} other {# findings}} not in all, {still, number} in all{partly, plural, =0 {} one {, # in some and not known of the others} other {, # in some and not known of the others}}; {changed, plural, one {# value} other {# values}} not alike.',
        {
          problems: columns.map(({ problems }) => numberText(problems)).join(' · '),
          differs: having('differs'),
          partly: having('unproven'),
          still,
          changed,
        },
      );
  }
}
