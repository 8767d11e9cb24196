import { EventEmitter } from 'node:events';
import type { MenuItem as ElectronMenuItem, MenuItemConstructorOptions } from 'electron';
import { note, StandInEvent } from './asked.ts';

let lastCommand = 0;

type OfferedItem = Pick<
  ElectronMenuItem,
  'id' | 'label' | 'sublabel' | 'type' | 'accelerator' | 'enabled' | 'visible' | 'checked' | 'toolTip' | 'commandId'
>;

/** One line of a menu. `click` does what a person's click does: nothing where it is greyed out. */
export class StandInMenuItem implements OfferedItem {
  id: string;
  label: string;
  sublabel: string;
  type: ElectronMenuItem['type'];
  /** Electron's own type of an item knows fewer roles than its options. */
  role?: NonNullable<MenuItemConstructorOptions['role']>;
  accelerator: ElectronMenuItem['accelerator'];
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  toolTip: string;
  commandId: number;
  submenu: StandInMenu | undefined;
  readonly click: () => void;

  constructor(options: MenuItemConstructorOptions) {
    const { submenu, click, role } = options;
    lastCommand += 1;
    this.commandId = lastCommand;
    this.id = options.id ?? '';
    this.label = options.label ?? '';
    this.sublabel = options.sublabel ?? '';
    this.type = options.type ?? (submenu === undefined ? 'normal' : 'submenu');
    if (this.type === 'submenu' && submenu === undefined && role === undefined) {
      throw new Error('Invalid submenu');
    }
    if (role !== undefined) this.role = role;
    this.accelerator = options.accelerator ?? null;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.toolTip = options.toolTip ?? '';
    if (Array.isArray(submenu)) this.submenu = StandInMenu.buildFromTemplate(submenu);
    else if (submenu instanceof StandInMenu) this.submenu = submenu;
    this.click = () => {
      if (!this.enabled) return;
      if (this.type === 'checkbox') this.checked = !this.checked;
      // The window that is in front is its second argument; whoever needs it asks BrowserWindow.
      click?.(this as unknown as ElectronMenuItem, undefined, new StandInEvent() as never);
    };
  }
}

/** A menu of the system, which nobody sees here. */
export class StandInMenu extends EventEmitter {
  static applicationMenu: StandInMenu | null = null;
  readonly items: StandInMenuItem[] = [];

  static buildFromTemplate(template: (MenuItemConstructorOptions | StandInMenuItem)[]): StandInMenu {
    const menu = new StandInMenu();
    for (const item of template) menu.append(item instanceof StandInMenuItem ? item : new StandInMenuItem(item));
    return menu;
  }

  static setApplicationMenu(menu: StandInMenu | null): void {
    note('Menu.setApplicationMenu', menu);
    StandInMenu.applicationMenu = menu;
  }

  static getApplicationMenu(): StandInMenu | null {
    return StandInMenu.applicationMenu;
  }

  static sendActionToFirstResponder(action: string): void {
    note('Menu.sendActionToFirstResponder', action);
  }

  append(item: StandInMenuItem): void {
    this.items.push(item);
  }

  insert(place: number, item: StandInMenuItem): void {
    this.items.splice(place, 0, item);
  }

  getMenuItemById(id: string): StandInMenuItem | null {
    for (const item of this.items) {
      if (item.id === id) return item;
      const inner = item.submenu?.getMenuItemById(id) ?? null;
      if (inner !== null) return inner;
    }
    return null;
  }

  popup(): void {
    note('menu.popup', this);
  }

  closePopup(): void {
    note('menu.closePopup', this);
  }
}
