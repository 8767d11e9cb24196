import type { AfcStatus } from './services/afc-protocol.ts';
import type { ServiceName } from './services/services.ts';

/** lockdownd requests that a phone can leave without an answer. */
export const silentRequests = ['QueryType', 'GetValue', 'Pair', 'StartSession', 'StartService'] as const;

/** Where a phone can fall silent: at the connection itself, at lockdownd, at one kind of its requests, or at one service. */
export type SilentPlace = 'connect' | 'lockdownd' | (typeof silentRequests)[number] | ServiceName;

/** What goes wrong with a phone; a test may change it at any time. */
export class Faults {
  /** Places where the phone takes what is sent and never answers. */
  readonly silent = new Set<SilentPlace>();
  /** How long every answer takes. */
  answerDelayMs = 0;
  /** How fast files come over AFC, all that are read at once together, as over one cable; left out: as fast as they can. */
  fileBytesPerSecond: number | undefined;
  /** The photo database is filled up to this size, as that of a library of many years. */
  databaseBytes: number | undefined;
  /** Errors in place of answers, by lockdownd request (`Pair`) or by service (`com.apple.afc`), as lockdownd spells them. */
  readonly lockdownErrors = new Map<string, string>();
  /** AFC errors by path; a folder's error holds for all in it. */
  readonly afcErrors = new Map<string, AfcStatus>();
  /** What AFC tells in place of the truth about a path: `{ st_size: '-1' }`. */
  readonly afcInfos = new Map<string, Readonly<Record<string, string>>>();
  /** How many clients of the file service the phone bears at once; left out: any number. */
  mostFileClients: number | undefined;
  /** How many of them hear anything: further ones are let in, and are told nothing; left out: all. */
  mostHeardFileClients: number | undefined;
  /** The cable is pulled when AFC has sent so many bytes of files. */
  unplugAfterFileBytes: number | undefined;

  /** The error injected for a path or for a folder above it. */
  afcErrorFor(path: string): AfcStatus | undefined {
    for (const [place, status] of this.afcErrors) {
      if (path === place || path.startsWith(`${place}/`)) return status;
    }
    return undefined;
  }
}
