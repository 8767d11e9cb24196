import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const newSecret = (): string => randomBytes(32).toString('base64url');

/** Compares two texts in a time that does not depend on where they differ, nor on their lengths. */
function equalSecrets(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

/** What the right link is exchanged for. */
export interface Admission {
  /** Where the window is, with the page's secret behind the `#`, which no browser sends to a server. */
  location: string;
  /** The `Set-Cookie` value. */
  cookie: string;
}

/**
 * Who may talk to the loopback host. The first URL carries a token; whoever brings it first gets two secrets. The cookie opens the pages;
 * but a browser sends it to every port of this computer, so another program's page that is looked at sees it. Therefore every WebSocket
 * must also bring the page's secret as its first message: the window keeps it in localStorage, which browsers keep apart by port. The
 * link works again in the browser that used it, and nowhere else. The cookie's name holds the port, so that two windows do not log each
 * other out.
 */
export class Session {
  readonly token: string = newSecret();
  readonly #cookieSecret = newSecret();
  readonly #pageSecret = newSecret();
  readonly #cookieName: string;
  #tokenUsed = false;

  constructor(port: number) {
    this.#cookieName = `phone-health-${port}`;
  }

  /** null for another token, and for the right one in another browser than the first. */
  exchange(token: string, cookieHeader: string | undefined): Admission | null {
    if (!equalSecrets(token, this.token)) return null;
    if (this.#tokenUsed && !this.admits(cookieHeader)) return null;
    this.#tokenUsed = true;
    return {
      location: `/#secret=${this.#pageSecret}`,
      cookie: `${this.#cookieName}=${this.#cookieSecret}; HttpOnly; SameSite=Strict; Path=/`,
    };
  }

  /** Whether a `Cookie` header carries this session. */
  admits(cookieHeader: string | undefined): boolean {
    const prefix = `${this.#cookieName}=`;
    const cookie = (cookieHeader ?? '').split('; ').find((part) => part.startsWith(prefix));
    return cookie !== undefined && equalSecrets(cookie.slice(prefix.length), this.#cookieSecret);
  }

  /** Whether the first message of a WebSocket carries the page's secret. */
  opens(secret: string | undefined): boolean {
    return secret !== undefined && equalSecrets(secret, this.#pageSecret);
  }
}
