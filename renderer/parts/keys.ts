import { useHotkeys, type HotkeyItem } from '@mantine/hooks';
import { useSetting } from '../program/program.tsx';

/** One letter, digit or sign, alone or with Shift: what somebody who speaks or trembles may press without meaning it (WCAG 2.1.4). */
const single = /^(?:shift\+)?.$/i;

/** Whether a key of {@link useKeys} does something while single keys are switched off. */
export const isSingleKey = (key: string): boolean => single.test(key);

/** Whether single keys do something, so that a hint at one is not shown in vain. */
export const useSingleKeys = (): boolean => useSetting('singleKeys', true);

/** Keys of a screen, as Mantine's `useHotkeys`; those that are single do nothing where the settings say so. */
export function useKeys(keys: HotkeyItem[]): void {
  const singleKeys = useSingleKeys();
  useHotkeys(singleKeys ? keys : keys.filter(([key]) => !isSingleKey(key)));
}
