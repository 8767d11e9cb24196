import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/** `/phones/A1` of `/phones/A1/history`: whom a screen is about. */
const subject = (path: string): string => path.split('/').slice(0, 3).join('/');

/**
 * After a change of screen the focus is on its heading: that of the screen within the same phone, else that of the page. What is chosen on
 * a screen, such as two snapshots, is no change of screen.
 */
export function useFocusOnArrival(): void {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname ?? null });
  const former = useRef(path);
  useEffect(() => {
    const from = former.current;
    former.current = path;
    if (path === null || from === null || from === path) return;
    const headings = document.querySelectorAll<HTMLElement>('main [data-screen-heading]');
    const heading = subject(from) === subject(path) ? [...headings].at(-1) : headings[0];
    // Whoever comes back finds the screen where it was left.
    heading?.focus({ preventScroll: true });
  }, [path]);
}
