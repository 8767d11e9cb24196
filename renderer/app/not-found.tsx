import { Text } from '@mantine/core';
import { t } from '../language/words.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { TextLink } from '../parts/text-link.tsx';

export function NotFoundScreen() {
  return (
    <>
      <PageHeading>{t('There is no such screen')}</PageHeading>
      <Text mt="sm">
        <TextLink to="/">{t('Back to the phones')}</TextLink>
      </Text>
    </>
  );
}
