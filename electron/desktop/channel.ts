/** The one IPC channel; it carries the messages of electron/desktop-messages.ts in both directions. */
export const channel = 'phone-health';
