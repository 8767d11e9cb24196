import type { Application } from '../../../../electron/app/application.ts';

export const photos = 'com.google.android.apps.photos';

/** Corrects everything that holds the photos of the phone back; the ids of the actions. */
export async function fixAll(app: Application, phoneId: string): Promise<string[]> {
  const { fixes } = await app.scan({ phoneId, save: true });
  const actions: string[] = [];
  for await (const event of app.corrections.correctAll({ phoneId, fixes })) {
    if (event.type === 'done' && event.outcome.undoable) actions.push(event.outcome.action);
  }
  return actions;
}

/** Puts back what an action changed, by an owner who says yes. */
export const undo = (app: Application, action: string): ReturnType<Application['corrections']['undo']> =>
  app.corrections.undo(
    action,
    () => undefined,
    () => Promise.resolve(true),
  );

/** A test photo that came to this end just now. */
export async function testPhoto(
  app: Application,
  phoneId: string,
  outcome: 'uploaded' | 'nothing-sent',
): Promise<void> {
  const phone = (await app.phones()).phones.find(({ id }) => id === phoneId);
  if (phone === undefined) throw new Error('The sample is not plugged in.');
  const at = new Date().toISOString();
  const verdict = { outcome, sentence: '', waitsFor: [], sentBytes: null, photosSent: null };
  app.store.saveTestPhoto({
    phone,
    app: photos,
    on: null,
    startedAt: at,
    photoSeenAt: at,
    endedAt: at,
    photoBytes: 3_500_000,
    verdict,
    brokenOff: null,
    observations: [],
  });
}
