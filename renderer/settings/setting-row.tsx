import { useId, type ReactNode } from 'react';
import classes from './settings.module.css';

/** Settings that belong together. */
export function SettingsGroup({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.group} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className={classes.rows}>{children}</div>
    </section>
  );
}

interface SettingRowProps {
  label: string;
  hint?: ReactNode;
  /** What stands at the right is no field, and says itself what it is. */
  plain?: boolean;
  /** The control. A field takes the id as its own; what is a group is named by the id with `-label`. */
  children: (id: string) => ReactNode;
}

/** What is set at the left, how at the right; on a narrow window below it. */
export function SettingRow({ label, hint, plain = false, children }: SettingRowProps) {
  const id = useId();
  return (
    <div className={classes.row}>
      <div>
        {plain ? (
          <span id={`${id}-label`} className={classes.label}>
            {label}
          </span>
        ) : (
          <label htmlFor={id} className={classes.label}>
            {label}
          </label>
        )}
        {hint === undefined ? null : <p className={classes.hint}>{hint}</p>}
      </div>
      <div className={classes.control}>{children(id)}</div>
    </div>
  );
}
