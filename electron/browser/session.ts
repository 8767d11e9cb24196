import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares two texts in a time that does not depend on where they differ, nor on their lengths. */
export function equalSecrets(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

/**
 * Who may talk to the loopback host. The first URL carries a token that works once; whoever brings it gets a cookie, and
 * only that cookie opens anything afterwards. The cookie's name holds the port, since browsers share cookies between the
 * ports of one host and two windows would else log each other out.
 */
export class Session {
  readonly token: string = randomBytes(32).toString('base64url');
  readonly #secret = randomBytes(32).toString('base64url');
  readonly #cookieName: string;
  #tokenUsed = false;

  constructor(port: number) {
    this.#cookieName = `phone-health-${port}`;
  }

  /** The `Set-Cookie` value for the right token, the first time only; else null. */
  exchange(token: string): string | null {
    if (!equalSecrets(token, this.token) || this.#tokenUsed) return null;
    this.#tokenUsed = true;
    return `${this.#cookieName}=${this.#secret}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** Whether a `Cookie` header carries this session. */
  admits(cookieHeader: string | undefined): boolean {
    const prefix = `${this.#cookieName}=`;
    const cookie = (cookieHeader ?? '').split('; ').find((part) => part.startsWith(prefix));
    return cookie !== undefined && equalSecrets(cookie.slice(prefix.length), this.#secret);
  }
}
