import { createContext, use, useEffect } from 'react';

/** Counts the corrections that are asking for consent on this screen. */
export const ConsentContext = createContext<((change: (asking: number) => number) => void) | null>(null);

/** While this is mounted, the screen's other primary button steps back. */
export function useAsksConsent(): void {
  const change = use(ConsentContext);
  useEffect(() => {
    change?.((asking) => asking + 1);
    return () => change?.((asking) => asking - 1);
  }, [change]);
}
