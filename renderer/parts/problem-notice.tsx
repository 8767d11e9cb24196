import { t } from '../language/words.ts';
import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Problem } from '../../electron/api.ts';
import { Notice } from './notice.tsx';
import { PhoneText } from './phone-text.tsx';

/** A failure: what happened, what to do, details folded. */
export function ProblemNotice({ problem, children }: { problem: Problem; children?: ReactNode }) {
  return (
    <Notice tone="bad" title={<PhoneText>{problem.message}</PhoneText>} live="assertive">
      {problem.steps.length > 0 ? (
        <List size="sm" spacing={4}>
          {problem.steps.map((step) => (
            <List.Item key={step}>
              <PhoneText>{step}</PhoneText>
            </List.Item>
          ))}
        </List>
      ) : null}
      {children}
      {problem.details === null ? null : (
        <details>
          <summary>{t('Details')}</summary>
          <Text component="pre" size="xs" ff="monospace" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            <PhoneText>{problem.details}</PhoneText>
          </Text>
        </details>
      )}
    </Notice>
  );
}
