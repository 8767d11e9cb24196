import { t } from '../language/words.ts';
import type { ReportFileFormat, ReportKind } from '../program/received.ts';

export function kindWords(kind: ReportKind): string {
  switch (kind) {
    case 'diagnosis':
      return t('Result');
    case 'checklist':
      return t('Checklist');
    case 'support':
      return t('For the support of an app');
    case 'before-after':
      return t('Before and after');
    case 'certificate':
      return t('Condition certificate');
    case 'label':
      return t('Label');
  }
}

/** What files are called everywhere. */
export const formats: readonly { format: ReportFileFormat; name: string }[] = [
  { format: 'pdf', name: 'PDF' },
  { format: 'html', name: 'HTML' },
  { format: 'md', name: 'Markdown' },
  { format: 'csv', name: 'CSV' },
  { format: 'json', name: 'JSON' },
];
