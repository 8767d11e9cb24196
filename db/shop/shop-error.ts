/** Why nothing goes between this station and the shop's server now. What waits goes on waiting. */
export type ShopTrouble =
  /** Nobody answers, or the line broke: it may work again by itself. */
  | 'shop-offline'
  /** The server does not take this name or password, or has no such database. */
  | 'shop-refused'
  /** Whoever answers does not prove to be the server. */
  | 'shop-unverified'
  /** The database was not set up, or is of an older version: `shop init` mends that. */
  | 'shop-not-ready'
  /** This program is too old for the database. */
  | 'shop-newer'
  /** It answers, and fails. */
  | 'shop-failed';

/** The shop's server cannot be used. Its message holds nothing of the connection string. */
export class ShopServerError extends Error {
  override name = 'ShopServerError';
  readonly code: ShopTrouble;
  constructor(code: ShopTrouble, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }

  /** It may work again by itself. */
  get isPassing(): boolean {
    return this.code === 'shop-offline';
  }

  /** The answer took longer than it may: by the driver's word, or by the server's (query_canceled). */
  get isTimeOut(): boolean {
    const { cause } = this;
    return cause instanceof Error && (codeOf(cause) === '57014' || cause.message === 'Query read timeout');
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Errors of a certificate, as Node names them (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const ofCertificates = /CERT|SIGNED|ALTNAME|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_PURPOSE|PATH_LENGTH/;

/** The classes of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
export const isSqlState = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code);

/** Anything that the driver throws as what it means here. */
export function toShopError(error: unknown): ShopServerError {
  if (error instanceof ShopServerError) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (ofCertificates.test(code) || message.includes('does not support SSL')) {
    return new ShopServerError(
      'shop-unverified',
      `The shop's server does not prove who it is: ${message}. Nothing was sent.`,
      error,
    );
  }
  if (code.startsWith('28') || code === '3D000' || /password/i.test(message)) {
    return new ShopServerError('shop-refused', "The shop's server does not accept this connection string.", error);
  }
  // Shutting down, starting up, too many connections, out of memory or room: it may be over the next time.
  if (isSqlState(code) && !/^(?:08|53|57|58)/.test(code)) {
    return new ShopServerError('shop-failed', `The shop's server failed: ${message} (${code}).`, error);
  }
  return new ShopServerError('shop-offline', "The shop's server does not answer.", error);
}
