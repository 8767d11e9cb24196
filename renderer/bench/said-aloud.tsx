import { VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { t } from '../language/words.ts';
import { countWords } from './card-words.ts';
import { useOfBench } from './cards.ts';

/** Whoever listens hears what has changed when it has come to rest, not every phone. */
const restMs = 1_500;

/** Says how many phones stand how, once no scan is under way. */
export function SaidAloud() {
  const counts = useOfBench((bench) => bench?.counts ?? null);
  const isScanning = useOfBench(
    (bench) => bench?.cards.some(({ state }) => ['scanning', 'waits-for-turn', 'fixing'].includes(state.kind)) ?? false,
  );
  const words = counts === null ? '' : isScanning ? t('At work') : countWords(counts);
  const [said] = useDebouncedValue(words, restMs);
  return <VisuallyHidden component="output">{said}</VisuallyHidden>;
}
