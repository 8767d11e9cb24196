import { type RefObject, useEffect, useRef, useState } from 'react';

interface AsksFirst {
  /** Whether the question stands in the place of the button. */
  asking: boolean;
  ask: () => void;
  /** Said no. */
  decline: () => void;
  /** Said yes. */
  agree: () => void;
  /** The button that asks: whoever says no goes on from it. */
  button: RefObject<HTMLButtonElement | null>;
}

/** A button in whose place a question comes before anything is done. */
export function useAsksFirst(): AsksFirst {
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const declined = useRef(false);
  useEffect(() => {
    if (!asking && declined.current) button.current?.focus();
    declined.current = false;
  }, [asking]);
  return {
    asking,
    ask: () => setAsking(true),
    decline: () => {
      declined.current = true;
      setAsking(false);
    },
    agree: () => setAsking(false),
    button,
  };
}
