import type { ReactNode } from 'react';
import table from './table.module.css';

/** A table that is moved sideways where it is too wide; with the arrow keys too, so it can have the focus. */
export function ScrolledTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- no fieldset; only what Tab reaches is moved with the keys
    <div className={table.scroll} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
