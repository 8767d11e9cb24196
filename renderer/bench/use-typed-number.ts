import { useEffect, useRef } from 'react';
import { typeDigit } from './bench-keys.ts';

/** A second digit is waited for so long. */
const nextDigitMs = 700;

/** Takes the digits of a place one by one, and calls back with its number once it is whole. */
export function useTypedNumber(onNumber: (number: number) => void): (digit: string, places: readonly number[]) => void {
  const typed = useRef('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Whoever has left the bench meanwhile is not led away from where they are.
  useEffect(() => () => clearTimeout(timer.current), []);
  return (digit, places) => {
    clearTimeout(timer.current);
    const next = typeDigit(typed.current, digit, places);
    typed.current = next.typed;
    if (next.open !== null) return onNumber(next.open);
    timer.current = setTimeout(() => {
      const number = Number(typed.current);
      typed.current = '';
      if (places.includes(number)) onNumber(number);
    }, nextDigitMs);
  };
}
