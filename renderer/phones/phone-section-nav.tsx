import { Link } from '@tanstack/react-router';
import { phoneSections } from './phone-sections.ts';
import classes from './phone-list-pane.module.css';

/** The screens of the phone that is shown, below its name in the list: there is room for as many as there are. */
export function PhoneSectionNav({ phoneId }: { phoneId: string }) {
  return (
    <nav className={classes.sections} aria-label="About this phone">
      {phoneSections.map((group) => (
        <ul key={group[0].label}>
          {group.map(({ to, label, Icon }) => (
            <li key={to}>
              <Link to={to} params={{ phoneId }} activeOptions={{ exact: true }} className={classes.section}>
                <Icon size={16} aria-hidden />
                {label}
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}
