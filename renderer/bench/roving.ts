import type { KeyboardEvent } from 'react';

type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/** Where something stands on the screen. */
export interface Spot {
  x: number;
  y: number;
}

/** The index that an arrow leads to from `from`, among what stands in rows; the same where nothing is there. Pure. */
export function nextIndex(spots: readonly Spot[], from: number, direction: Direction): number {
  const here = spots[from];
  if (here === undefined) return spots.length === 0 ? -1 : 0;
  switch (direction) {
    case 'first':
      return 0;
    case 'last':
      return spots.length - 1;
    case 'left':
      return Math.max(0, from - 1);
    case 'right':
      return Math.min(spots.length - 1, from + 1);
    case 'up':
    case 'down': {
      const sign = direction === 'up' ? -1 : 1;
      const rows = spots.filter(({ y }) => (y - here.y) * sign > 1);
      if (rows.length === 0) return from;
      const nearest = Math.min(...rows.map(({ y }) => Math.abs(y - here.y)));
      const row = rows.filter(({ y }) => Math.abs(Math.abs(y - here.y) - nearest) <= 1);
      const best = row.reduce((a, b) => (Math.abs(b.x - here.x) < Math.abs(a.x - here.x) ? b : a));
      return spots.indexOf(best);
    }
  }
}

const isWriting = (element: Element | null): boolean => element instanceof HTMLInputElement;

/** Arrows, Home and End go from card to card. */
export function moveAmongCards(event: KeyboardEvent<HTMLElement>): void {
  const direction = directions[event.key];
  if (direction === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  if (isWriting(document.activeElement)) return;
  const places = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-place]')];
  const from = places.findIndex((place) => place.contains(document.activeElement));
  const spots = places.map((place) => {
    const { left, top } = place.getBoundingClientRect();
    return { x: left, y: top };
  });
  const next = places[nextIndex(spots, from, direction)];
  if (next === undefined) return;
  event.preventDefault();
  next.querySelector<HTMLElement>('[data-slot]')?.focus();
}

/** Puts the focus on a card; nothing happens where there is none. */
export const focusCard = (number: number): void =>
  document.querySelector<HTMLElement>(`main [data-slot="${number}"]`)?.focus();
