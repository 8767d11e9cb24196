/**
 * Turns work that reports through a callback into a stream of what it reports, ending when the work ends and failing as it
 * fails. Events wait until they are taken; none is lost.
 */
export async function* eventStream<T>(work: (emit: (event: T) => void) => Promise<void>): AsyncGenerator<T, void> {
  const waiting: T[] = [];
  let wake = Promise.withResolvers<void>();
  let ended = false;
  const done = work((event) => {
    waiting.push(event);
    wake.resolve();
  }).finally(() => {
    ended = true;
    wake.resolve();
  });
  // The failure is thrown below, when the stream is read to its end; until then it is nobody's.
  done.catch(() => undefined);
  for (;;) {
    yield* waiting.splice(0);
    if (ended) break;
    await wake.promise;
    wake = Promise.withResolvers<void>();
  }
  yield* waiting.splice(0);
  await done;
}
