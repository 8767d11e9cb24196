import classes from './phone-and-cable.module.css';

/** A phone with photos on its screen, and the cable that is to be plugged into it. The colours are the window's own. */
export function PhoneAndCable() {
  return (
    <svg className={classes.drawing} viewBox="0 0 220 164" width={220} height={164} aria-hidden focusable="false">
      <g className={classes.phone}>
        <rect x="76" y="2" width="68" height="112" rx="11" />
        <rect className={classes.screen} x="82" y="10" width="56" height="96" rx="6" />
        <rect className={classes.port} x="101" y="110" width="18" height="4" rx="1.5" />
      </g>
      <g className={classes.photos}>
        <rect x="88" y="18" width="20" height="20" rx="3" />
        <rect x="112" y="18" width="20" height="20" rx="3" />
        <rect x="88" y="42" width="20" height="20" rx="3" />
        <rect x="112" y="42" width="20" height="20" rx="3" />
      </g>
      <g className={classes.cloud}>
        <path d="M99 94 a8 8 0 0 1 1 -16 a11 11 0 0 1 21 2 a7 7 0 0 1 0 14 Z" />
        <path className={classes.mark} d="M110 91 V 82 M106.5 85.5 L110 82 L113.5 85.5" />
      </g>
      <rect className={classes.metal} x="104" y="120" width="12" height="8" rx="1.5" />
      <rect className={classes.plug} x="100" y="127" width="20" height="17" rx="4" />
      <path className={classes.cable} d="M110 143 V 150 Q 110 160 122 160 H 216" />
    </svg>
  );
}
