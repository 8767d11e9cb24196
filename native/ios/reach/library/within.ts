import { LibraryFailure } from './failure.ts';

/** Settles as the work does; fails as `timeout` where that takes longer. A call of the library cannot be cancelled: it goes on. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = new LibraryFailure('timeout', `The iPhone did not answer within ${ms / 1000} s.`);
  const timer = setTimeout(() => reject(late), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
