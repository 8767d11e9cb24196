/** One call that the program made, as `app.quit` or `tray.setToolTip`. */
export interface Asked {
  what: string;
  args: unknown[];
}

/** All that the program asked of Electron, in order. */
export const asked: Asked[] = [];

/** What has its effect outside of the program, and is only noted here. */
export const note = (what: string, ...args: unknown[]): void => {
  asked.push({ what, args });
};

/** The arguments of every call of one kind. */
export const argumentsOf = (what: string): unknown[][] =>
  asked.filter((one) => one.what === what).map(({ args }) => args);

/** As Electron's events: a listener may prevent what would follow. */
export class StandInEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}
