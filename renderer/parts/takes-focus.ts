import { type RefObject, useEffect, useRef } from 'react';

/** The element takes the focus when it appears with `takes`, and whenever that becomes true. */
export function useTakesFocus<Place extends HTMLElement>(takes: boolean): RefObject<Place | null> {
  const place = useRef<Place>(null);
  useEffect(() => {
    if (takes) place.current?.focus();
  }, [takes]);
  return place;
}

/** The first field of a form that comes in the place of a button. */
export function focusFirstField(form: HTMLElement | null): void {
  form?.querySelector<HTMLElement>('input, textarea, select')?.focus();
}

/** Whoever opens a form begins to type. */
export function useFirstFieldFocus<Place extends HTMLElement>(): RefObject<Place | null> {
  const place = useRef<Place>(null);
  useEffect(() => focusFirstField(place.current), []);
  return place;
}

/** Marks the heading where a screen begins: it has the focus after a change of screen. */
export const screenHeading = { tabIndex: -1, 'data-screen-heading': '' };

/** Whether nobody is at work with the focus: what had it is gone, or it rests where the screen begins. */
function focusIsFree(): boolean {
  const holder = document.activeElement;
  return holder === null || holder === document.body || holder.matches('[data-screen-heading]');
}

/**
 * The element takes the focus whenever `outcome` becomes another, unless somebody is at work elsewhere: what was pressed is gone with
 * what it has done, and the reader continues with what came of it. null: nothing came of anything.
 */
export function useOutcomeFocus<Place extends HTMLElement>(outcome: string | null): RefObject<Place | null> {
  const place = useRef<Place>(null);
  useEffect(() => {
    if (outcome !== null && focusIsFree()) place.current?.focus();
  }, [outcome]);
  return place;
}
