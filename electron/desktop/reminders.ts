import { Notification } from 'electron';
import type { Application } from '../app/application.ts';

const everyMs = 30 * 60_000;

/** Shows what is due as notifications of the desktop, each once; returns the way to stop. `onOpen`: one was clicked. */
export function showReminders(application: Application, onOpen: () => void): () => void {
  const shown = new Set<string>();
  const show = (): void => {
    if (!Notification.isSupported()) return;
    for (const { id, title, text } of application.watching.reminders()) {
      if (shown.has(id)) continue;
      shown.add(id);
      const notification = new Notification({ title, body: text });
      notification.on('click', onOpen);
      notification.show();
    }
  };
  show();
  const timer = setInterval(show, everyMs);
  return () => clearInterval(timer);
}
