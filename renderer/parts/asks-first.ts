import { type RefObject, useEffect, useRef, useState } from 'react';

interface AsksFirst {
  /** Whether the question, or a form, stands in the place of the button. */
  asking: boolean;
  ask: () => void;
  /** Said no, or done with a form: the reader goes on from the button. */
  decline: () => void;
  /** Said yes: the reader goes on with what comes of it. */
  agree: () => void;
  /** The button that asks. */
  button: RefObject<HTMLButtonElement | null>;
}

/**
 * A button in whose place a question comes before anything is done, or a form. `of`: the reading it is about; with another one, nobody is
 * asked any more.
 */
export function useAsksFirst(of = ''): AsksFirst {
  const [askedOf, setAskedOf] = useState<string | null>(null);
  const asking = askedOf === of;
  const button = useRef<HTMLButtonElement>(null);
  const declined = useRef(false);
  useEffect(() => {
    if (!asking && declined.current) button.current?.focus();
    declined.current = false;
  }, [asking]);
  return {
    asking,
    ask: () => setAskedOf(of),
    decline: () => {
      declined.current = true;
      setAskedOf(null);
    },
    agree: () => setAskedOf(null),
    button,
  };
}
