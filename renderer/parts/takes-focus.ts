import { type RefObject, useEffect, useRef } from 'react';

/** The element takes the focus when it appears with `takes`, and whenever that becomes true. */
export function useTakesFocus<Place extends HTMLElement>(takes: boolean): RefObject<Place | null> {
  const place = useRef<Place>(null);
  useEffect(() => {
    if (takes) place.current?.focus();
  }, [takes]);
  return place;
}
