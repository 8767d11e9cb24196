import { t } from '../language/words.ts';
import type { Problem } from '../../electron/api.ts';
import { problemOfCall } from './client.ts';

interface ConnectionChange {
  state: string;
  error: unknown;
}

/** What a subscription calls. */
export interface Callbacks<Event> {
  onData: (event: Event) => void;
  onError: (error: unknown) => void;
  onComplete: () => void;
  onStopped: () => void;
  onConnectionStateChange: (change: ConnectionChange) => void;
}

interface Handlers<Event> {
  onEvent: (event: Event) => void;
  /** Called once, however it ended; null where it ran to its end. */
  onEnd: (problem: Problem | null) => void;
}

const connectionLost = (): Problem => ({
  code: 'connection-lost',
  message: t('The connection to the program broke off.'),
  steps: [t('Wait until the window is connected again, then look at the phone once more with Check again.')],
  details: null,
});

/**
 * Starts something that must not run twice. After a lost connection the WebSocket link would send its open subscriptions
 * again, and a correction would run a second time without anyone having said yes to that; here the loss ends it.
 * Returns the function that cancels; after it no handler is called.
 */
export function runOnce<Event>(
  start: (callbacks: Callbacks<Event>) => { unsubscribe(): void },
  { onEvent, onEnd }: Handlers<Event>,
): () => void {
  let over = false;
  let subscription: { unsubscribe(): void } | null = null;
  const end = (problem: Problem | null): void => {
    if (over) return;
    over = true;
    subscription?.unsubscribe();
    onEnd(problem);
  };
  subscription = start({
    onData: (event) => {
      if (!over) onEvent(event);
    },
    onError: (error) => end(problemOfCall(error)),
    onComplete: () => end(null),
    onStopped: () => end(null),
    onConnectionStateChange: ({ state, error }) => {
      if (state === 'connecting' && error !== null && error !== undefined) end(connectionLost());
    },
  });
  if (over) subscription.unsubscribe();
  return () => {
    over = true;
    subscription?.unsubscribe();
  };
}
