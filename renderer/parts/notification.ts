/** Asks whether the system may show notifications, where it was not asked before and they exist; a person's click is needed for that. */
export function askToNotify(): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'default') return;
  void Notification.requestPermission();
}

/** Shows one line outside the window while nobody sees it; nothing where that was not allowed. A newer one stands in place of the former. */
export function notify(words: string): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted' || !document.hidden) return;
  const shown = new Notification(words, { tag: 'phone-health' });
  shown.addEventListener('click', () => window.focus());
}
