import { Menu, nativeImage, Tray, type NativeImage } from 'electron';
import small from '../../build/icons/16x16.png?inline';
import large from '../../build/icons/32x32.png?inline';
import template from '../../build/icons/tray-18.png?inline';
import sharpTemplate from '../../build/icons/tray-36.png?inline';
import type { Application } from '../app/application.ts';
import type { BenchView } from '../app/bench/bench.ts';
import type { Say } from './say.ts';
import { trayContents, type TrayActs } from './tray.ts';

const none: Pick<BenchView, 'slots'> = { slots: [] };

export interface TrayPlace {
  platform: NodeJS.Platform;
  /** Why this system shows none; null where it does. */
  why: string | null;
}

/** By how many pixels of the screen a point is: macOS and Windows take the one that fits, Linux the first. */
function pictureOf(platform: NodeJS.Platform): NativeImage {
  if (platform === 'linux') return nativeImage.createFromDataURL(large);
  const isMac = platform === 'darwin';
  const image = nativeImage.createEmpty();
  const side = isMac ? 18 : 16;
  for (const [scaleFactor, dataURL] of [isMac ? template : small, isMac ? sharpTemplate : large].entries()) {
    const pixels = side * (scaleFactor + 1);
    image.addRepresentation({ scaleFactor: scaleFactor + 1, width: pixels, height: pixels, dataURL });
  }
  // The menu bar colours its shape as it colours its own.
  if (isMac) image.setTemplateImage(true);
  return image;
}

/** The icon beside the clock, as long as it is switched on; what it says of the bench is what the bench says. */
export class TrayIcon {
  readonly #application: Pick<Application, 'bench' | 'settings'>;
  readonly #say: () => Say;
  readonly #acts: TrayActs;
  readonly #place: TrayPlace;
  #tray: Tray | null = null;
  #view = none;
  #leaveBench: (() => void) | null = null;
  readonly #unfollow: () => void;

  constructor(application: Pick<Application, 'bench' | 'settings'>, say: () => Say, acts: TrayActs, place: TrayPlace) {
    this.#application = application;
    this.#say = say;
    this.#acts = acts;
    this.#place = place;
    // Where nobody would see it the program does not go on without its window either.
    this.#unfollow = application.settings.follow(({ settings }) => this.#become(settings.tray && place.why === null));
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
    this.#tray = new Tray(pictureOf(this.#place.platform));
    // On a Mac a click opens the menu, which has the window in it.
    if (this.#place.platform !== 'darwin') this.#tray.on('click', () => this.#acts.showWindow());
    this.#leaveBench = this.#application.bench.attend((view) => {
      this.#view = view;
      this.sayAgain();
    });
  }
}
