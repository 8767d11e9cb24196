import type { MenuItemConstructorOptions } from 'electron';
import type { ListedPhone } from '../../native/phone.ts';
import type { BenchView } from '../app/bench/bench.ts';
import type { Say } from './say.ts';

export interface TrayActs {
  showWindow: () => void;
  showBench: () => void;
  showPhone: (phoneId: string) => void;
  quit: () => void;
}

export interface TrayContents {
  tip: string;
  menu: MenuItemConstructorOptions[];
}

/** As many as a bench has places for; a menu that is longer is not read. */
const mostPhones = 16;
const longestName = 40;

/** What of a phone's text would turn the menu around, break its lines, or underline a letter of it. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const menuText = (text: string): string =>
  Array.from(text.replaceAll(unsafe, ' ').replaceAll(/\s+/g, ' ').trim())
    .slice(0, longestName)
    .join('')
    .replaceAll('&', '&&');

const nameOf = ({ name, model, id }: ListedPhone): string => menuText(name ?? model ?? id);

/** What the tray says of the phones at the counter, and what its menu has. Pure. */
export function trayContents({ slots }: Pick<BenchView, 'slots'>, say: Say, acts: TrayActs): TrayContents {
  const here = slots.flatMap((slot) =>
    slot.phone === null || slot.leftAt !== null ? [] : [{ ...slot, phone: slot.phone }],
  );
  const waiting = here.filter(({ phone }) => phone.state !== 'ready').length;
  const count = here.length === 1 ? say('1 phone at the bench.') : say(`${here.length} phones at the bench.`);
  const hands = waiting === 0 ? '' : waiting === 1 ? say('1 needs hands.') : say(`${waiting} need hands.`);
  const told = [count, hands].filter((text) => text !== '').join(' ');
  const phones = here.slice(0, mostPhones).map(({ number, name, phone }): MenuItemConstructorOptions => {
    const place = name === null ? String(number) : menuText(name);
    const state = phone.state === 'ready' ? '' : ` · ${say('needs hands')}`;
    return { label: `${place} · ${nameOf(phone)}${state}`, click: () => acts.showPhone(phone.id) };
  });
  return {
    tip: `Phone Health Inspector\n${told}`,
    menu: [
      { label: told, enabled: false },
      ...phones,
      { type: 'separator' },
      { label: say('Open the &bench'), click: () => acts.showBench() },
      { label: say('&Show the window'), click: () => acts.showWindow() },
      { type: 'separator' },
      { label: say('&Quit'), click: () => acts.quit() },
    ],
  };
}
