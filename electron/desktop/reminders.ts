import { Notification } from 'electron';
import type { Application } from '../app/application.ts';

const everyMs = 30 * 60_000;

/** Shows what is due as notifications of the desktop, each once; returns the way to stop. `onOpen`: one was clicked. */
export function showReminders(application: Application, onOpen: () => void): () => void {
  const shown = new Set<string>();
  /** One that nobody holds is collected, and with it what its click does. */
  const onScreen = new Set<Notification>();
  const show = (): void => {
    if (!Notification.isSupported()) return;
    for (const { id, title, text } of application.watching.reminders()) {
      if (shown.has(id)) continue;
      shown.add(id);
      const notification = new Notification({ title, body: text });
      onScreen.add(notification);
      notification.on('click', () => {
        onScreen.delete(notification);
        onOpen();
      });
      notification.on('close', () => onScreen.delete(notification));
      notification.show();
    }
  };
  show();
  const timer = setInterval(show, everyMs);
  return () => clearInterval(timer);
}
