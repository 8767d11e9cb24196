import { EventEmitter } from 'node:events';
import type { Rectangle, Tray as ElectronTray } from 'electron';
import { note } from './asked.ts';
import type { StandInMenu } from './menu.ts';
import type { StandInImage } from './native-image.ts';

type Offered = Pick<
  ElectronTray,
  | 'setToolTip'
  | 'setTitle'
  | 'getTitle'
  | 'getBounds'
  | 'destroy'
  | 'isDestroyed'
  | 'focus'
  | 'setIgnoreDoubleClickEvents'
>;

/** The program's place beside the clock. */
export class StandInTray extends EventEmitter implements Offered {
  /** Those that were made and are not destroyed. */
  static readonly shown: StandInTray[] = [];
  image: StandInImage | string;
  toolTip = '';
  menu: StandInMenu | null = null;
  #title = '';

  constructor(image: StandInImage | string) {
    super();
    note('new Tray', image);
    this.image = image;
    StandInTray.shown.push(this);
  }

  setImage(image: StandInImage | string): void {
    note('tray.setImage', image);
    this.image = image;
  }

  setToolTip(text: string): void {
    note('tray.setToolTip', text);
    this.toolTip = text;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  setContextMenu(menu: StandInMenu | null): void {
    note('tray.setContextMenu', menu);
    this.menu = menu;
  }

  popUpContextMenu(menu?: StandInMenu): void {
    note('tray.popUpContextMenu', menu);
  }

  setIgnoreDoubleClickEvents(ignore: boolean): void {
    note('tray.setIgnoreDoubleClickEvents', ignore);
  }

  getBounds(): Rectangle {
    return { x: 0, y: 0, width: 16, height: 16 };
  }

  focus(): void {
    note('tray.focus');
  }

  isDestroyed(): boolean {
    return !StandInTray.shown.includes(this);
  }

  destroy(): void {
    note('tray.destroy');
    const at = StandInTray.shown.indexOf(this);
    if (at >= 0) StandInTray.shown.splice(at, 1);
  }
}
