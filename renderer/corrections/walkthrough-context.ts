import { createContext } from 'react';

/** Id of the walk-through that corrections made below belong to; null: none. */
export const WalkthroughContext = createContext<string | null>(null);
