import { ActionIcon, Button, Kbd, TextInput } from '@mantine/core';
import type { Ref } from 'react';
import { t } from '../language/words.ts';
import { ButtonLink } from '../parts/button-link.tsx';
import { IconHelpCircle, IconPlayerPlayFilled, IconWand } from '../parts/icons.tsx';
import { useSingleKeys } from '../parts/keys.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { useShowsTickets } from '../tickets/ticket-key.tsx';
import { fixable } from './bench-consent.tsx';
import type { BenchAct } from './bench-keys.ts';
import classes from './bench.module.css';
import { countWords } from './card-words.ts';
import type { Bench } from './cards.ts';
import { useSelection } from './selection.ts';
import { toScan } from './to-scan.ts';

interface BenchBarProps {
  bench: Bench | null;
  /** What the phones are filtered by. */
  typed: string;
  onTyped: (typed: string) => void;
  filter: Ref<HTMLInputElement>;
  onLeaveFilter: () => void;
  /** Whether a consent asks at this moment. */
  asking: boolean;
  onAct: (act: BenchAct) => void;
}

/** How many phones stand how, and what is done with many at once. */
export function BenchBar({ bench, typed, onTyped, filter, onLeaveFilter, asking, onAct }: BenchBarProps) {
  const selected = useSelection();
  const showsTickets = useShowsTickets();
  const cards = bench?.cards ?? [];
  const chosen = cards.filter(({ phone }) => selected.has(phone.id));
  const fixes = chosen.length > 0;
  const toFix = fixable(chosen).length;
  return (
    <div className={classes.bar}>
      <PageHeading>{t('Bench')}</PageHeading>
      <p className={classes.counts}>{bench === null ? null : countWords(bench.counts)}</p>
      {cards.length === 0 ? null : (
        <div className={classes.tools}>
          <TextInput
            ref={filter}
            className={classes.filter}
            type="search"
            aria-label={t('Filter the phones')}
            placeholder={t('Filter')}
            value={typed}
            onChange={({ currentTarget }) => onTyped(currentTarget.value)}
            onKeyDown={({ key }) => {
              if (key === 'Escape') onTyped('');
              if (key === 'Enter' || key === 'Escape') onLeaveFilter();
            }}
            rightSection={typed === '' ? <Hint keys="/" /> : null}
          />
          {fixes ? (
            <Button
              disabled={toFix === 0 || asking}
              onClick={() => onAct('fix')}
              leftSection={<IconWand size={16} aria-hidden />}
              rightSection={<Hint keys="F" />}
            >
              {t('{count, plural, one {Fix # phone…} other {Fix # phones…}}', { count: toFix })}
            </Button>
          ) : null}
          <Button
            variant={fixes || asking ? 'default' : 'filled'}
            disabled={toScan(cards).length === 0 || asking}
            onClick={() => onAct('scan-all')}
            leftSection={<IconPlayerPlayFilled size={16} aria-hidden />}
            rightSection={<Hint keys="A" />}
          >
            {t('Scan all')}
          </Button>
          {showsTickets ? (
            <ButtonLink variant="default" to="/tickets/new" search={{ phones: chosen.map(({ phone }) => phone.id) }}>
              {t('New ticket')}
            </ButtonLink>
          ) : null}
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={t('Show the keys')}
            title={t('Show the keys')}
            onClick={() => onAct('keys')}
          >
            <IconHelpCircle size={20} aria-hidden />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}

/** The key of a button, where single keys do something. */
function Hint({ keys }: { keys: string }) {
  return useSingleKeys() ? (
    <Kbd size="xs" aria-hidden>
      {keys}
    </Kbd>
  ) : null;
}
