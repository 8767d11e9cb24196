import type { MessageBoxOptions } from 'electron';
import type { Busy, UnderWay } from '../app/program/under-way.ts';
import type { Say } from './say.ts';

/** What somebody chose who ends the program in the middle of something. */
export type ClosingChoice = 'wait' | 'when-done' | 'now';

/** In the order of the buttons; Escape, and a dialog that is closed, is the first. */
const choices: readonly ClosingChoice[] = ['wait', 'when-done', 'now'];

/** What is asked; `hides`: the program itself goes on, only its window goes. Pure. */
export function closingQuestion({ correction, copy }: Busy, say: Say): MessageBoxOptions {
  const message =
    correction > 0 && copy > 0
      ? 'A phone is being corrected, and photos are being copied.'
      : correction > 0
        ? 'A phone is being corrected.'
        : 'Photos are being copied.';
  const details = [
    ...(correction > 0
      ? [
          'If it is ended now, nobody knows whether the correction took. It is offered to be finished or put back later.',
        ]
      : []),
    ...(copy > 0 ? ['If it is ended now, what was copied stays, and the rest is missing.'] : []),
  ];
  return {
    type: 'warning',
    title: 'Phone Health Inspector',
    message: say(message),
    detail: details.map((detail) => say(detail)).join('\n'),
    buttons: ['&Go on', '&Close when it is done', '&End it now'].map((button) => say(button)),
    defaultId: 0,
    cancelId: 0,
    normalizeAccessKeys: true,
    noLink: true,
  };
}

/** Takes the question that is asked; gives the number of the button. */
export type Ask = (question: MessageBoxOptions) => Promise<{ response: number }>;

export interface ClosingOptions {
  underWay: Pick<UnderWay, 'now' | 'over'>;
  say: () => Say;
  ask: Ask;
}

/** Whether the program may be closed: at once where nothing is under way, and else as somebody says. */
export class Closing {
  readonly #options: ClosingOptions;
  #asking: Promise<boolean> | null = null;

  constructor(options: ClosingOptions) {
    this.#options = options;
  }

  get isBusy(): boolean {
    const { correction, copy } = this.#options.underWay.now;
    return correction + copy > 0;
  }

  /** True: it may, now. One question at a time: whoever asks meanwhile is answered with it. */
  mayClose(): Promise<boolean> {
    if (!this.isBusy) return Promise.resolve(true);
    this.#asking ??= this.#decide().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #decide(): Promise<boolean> {
    const { underWay, say, ask } = this.#options;
    const { response } = await ask(closingQuestion(underWay.now, say()));
    switch (choices[response] ?? 'wait') {
      case 'wait':
        // What was asked about may be done by now; whoever said no still means no.
        return false;
      case 'when-done':
        await underWay.over();
        return true;
      case 'now':
        return true;
    }
  }
}
