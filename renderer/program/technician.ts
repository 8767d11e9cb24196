import { createStore } from './store.ts';

/*
 * Who works at this window: one name, without a password. Two windows may have two; a window that is opened anew begins with the one that
 * was chosen last in this browser.
 */
const place = 'phone-health-technician';

function kept(): string {
  try {
    return window.sessionStorage.getItem(place) ?? window.localStorage.getItem(place) ?? '';
  } catch (error) {
    if (error instanceof DOMException) return '';
    throw error;
  }
}

function keep(name: string): void {
  try {
    window.sessionStorage.setItem(place, name);
    window.localStorage.setItem(place, name);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** null: nobody was chosen since the window was opened. */
const store = createStore<string | null>(null);

/** Empty: nobody has said. */
export const technicianAtWork = (): string => store.get() ?? kept();
export const followTechnician = store.subscribe;

export function chooseTechnician(name: string): void {
  keep(name);
  store.set(name);
}
