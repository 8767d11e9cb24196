import { Kbd, Modal, Text } from '@mantine/core';
import { t } from '../language/words.ts';
import { useSingleKeys } from '../parts/keys.ts';
import { actWords, benchActs } from './bench-keys.ts';
import classes from './bench.module.css';

interface KeySheetProps {
  opened: boolean;
  onClose: () => void;
}

/** Every key of the bench. */
export function KeySheet({ opened, onClose }: KeySheetProps) {
  const singleKeys = useSingleKeys();
  const rows: readonly [string, string][] = [
    ['B', t('Open the bench, from any screen')],
    ['1–9', t('Open the phone at this place')],
    ['← ↑ → ↓', t('Go from phone to phone')],
    ['Enter', t('Open this phone')],
    [t('Space'), t('Select this phone')],
    ...benchActs.map(({ act, keys }): [string, string] => [keys, actWords(act)]),
    [t('Ctrl K'), t('Find a phone, a ticket or something to do')],
  ];
  return (
    <Modal
      opened={opened}
      // It would write a style of its own into the page, which the policy of the page stops.
      lockScroll={false}
      onClose={onClose}
      title={t('Keys of the bench')}
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      <table className={classes.keys}>
        <tbody>
          {rows.map(([keys, words]) => (
            <tr key={keys}>
              <th scope="row">
                <Kbd>{keys}</Kbd>
              </th>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Text size="sm" c="dimmed" mt="sm">
        {singleKeys
          ? t('Single keys can be switched off in the settings.')
          : t('Single keys are switched off in the settings: letters and digits do nothing here.')}
      </Text>
    </Modal>
  );
}
