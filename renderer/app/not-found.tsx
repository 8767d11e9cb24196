import { Text } from '@mantine/core';
import { PageHeading } from '../parts/page-heading.tsx';
import { TextLink } from '../parts/text-link.tsx';

export function NotFoundScreen() {
  return (
    <>
      <PageHeading>There is no such screen</PageHeading>
      <Text mt="sm">
        <TextLink to="/">Back to the phones</TextLink>
      </Text>
    </>
  );
}
