import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useSettingsView } from '../program/program.tsx';

/** Gives the window the colours that the settings say. Mantine keeps them in the browser too, so that the next start begins with them. */
export function ThemeSetting() {
  const theme = useSettingsView().state?.settings.theme ?? null;
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (theme !== null) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
  return null;
}
