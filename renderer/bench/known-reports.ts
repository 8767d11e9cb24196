import { useEffect, useRef } from 'react';
import { useProgram } from '../program/program.tsx';
import type { Card } from './cards.ts';

/** What was read before this window was opened, or in another one: asked for once for each phone. */
export function useKnownReports(cards: readonly Card[]): void {
  const { works } = useProgram();
  const asked = useRef(new Set<string>());
  useEffect(() => {
    for (const { phone, report } of cards) {
      if (report !== null || asked.current.has(phone.id)) continue;
      asked.current.add(phone.id);
      if (works.get(phone.id).activity === null) works.judgeAgain(phone.id);
    }
  }, [cards, works]);
}
