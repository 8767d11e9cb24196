import { Menu, nativeImage, Tray } from 'electron';
import picture from '../../build/icons/32x32.png?inline';
import type { Application } from '../app/application.ts';
import type { BenchView } from '../app/bench/bench.ts';
import type { Say } from './say.ts';
import { trayContents, type TrayActs } from './tray.ts';

const none: Pick<BenchView, 'slots'> = { slots: [] };

/** The icon beside the clock, as long as it is switched on; what it says of the bench is what the bench says. */
export class TrayIcon {
  readonly #application: Pick<Application, 'bench' | 'settings'>;
  readonly #say: () => Say;
  readonly #acts: TrayActs;
  #tray: Tray | null = null;
  #view = none;
  #leaveBench: (() => void) | null = null;
  readonly #unfollow: () => void;

  constructor(application: Pick<Application, 'bench' | 'settings'>, say: () => Say, acts: TrayActs) {
    this.#application = application;
    this.#say = say;
    this.#acts = acts;
    this.#unfollow = application.settings.follow(({ settings }) => this.#become(settings.tray));
  }

  get isShown(): boolean {
    return this.#tray !== null;
  }

  /** Says it again, in another language. */
  sayAgain(): void {
    const tray = this.#tray;
    if (tray === null) return;
    const { tip, menu } = trayContents(this.#view, this.#say(), this.#acts);
    tray.setToolTip(tip);
    tray.setContextMenu(Menu.buildFromTemplate(menu));
  }

  stop(): void {
    this.#unfollow();
    this.#become(false);
  }

  #become(wanted: boolean): void {
    if (wanted === this.isShown) return;
    if (!wanted) {
      this.#leaveBench?.();
      this.#leaveBench = null;
      this.#tray?.destroy();
      this.#tray = null;
      return;
    }
    this.#tray = new Tray(nativeImage.createFromDataURL(picture));
    this.#tray.on('click', () => this.#acts.showWindow());
    this.#leaveBench = this.#application.bench.attend((view) => {
      this.#view = view;
      this.sayAgain();
    });
  }
}
