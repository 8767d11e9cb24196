import { createContext, use, useEffect } from 'react';

/** Counts what asks to be primary on this screen in place of its own primary button. */
export const PrimaryButtonContext = createContext<((change: (taken: number) => number) => void) | null>(null);

/** While this is mounted, its button is the primary one, and the screen's own steps back: there is one at a time. */
export function useTakesPrimary(): void {
  const change = use(PrimaryButtonContext);
  useEffect(() => {
    change?.((taken) => taken + 1);
    return () => change?.((taken) => taken - 1);
  }, [change]);
}

/** How much asks to be primary at this moment. */
export const PrimaryTakenContext = createContext(0);

/** How the screen's own primary button looks: filled, unless something that asks has taken its place. */
export const usePrimaryVariant = (): 'filled' | 'default' => (use(PrimaryTakenContext) > 0 ? 'default' : 'filled');
