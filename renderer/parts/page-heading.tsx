import type { ReactNode } from 'react';
import { screenHeading } from './takes-focus.ts';

/** The one `h1` of a screen. It can take focus, so that a screen reader starts here after a change of screen. */
export function PageHeading({ children }: { children: ReactNode }) {
  return (
    <h1 {...screenHeading} style={{ margin: 0, fontSize: '1.5rem', lineHeight: 1.25, fontWeight: 600 }}>
      {children}
    </h1>
  );
}
