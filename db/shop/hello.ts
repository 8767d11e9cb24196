import { z } from 'zod';
import type { StationInChain } from '../records/shop-link.ts';
import type { Server } from './server.ts';
import { ShopServerError } from './shop-error.ts';

/** The server's schema that this program needs at least, and the newest that it knows. */
export interface KnownSchema {
  least: number;
  newest: number;
}
export const knownSchema: KnownSchema = { least: 3, newest: 3 };

/** What the server says first. */
export interface Hello extends StationInChain {
  epoch: number;
  /** Which database it is. */
  marker: string;
  /** Which chain, whatever database it is in. */
  chain: string;
  /** How often this station was there, as the server remembers it. */
  rounds: number;
}

const helloRow = z.object({
  shop: z.int().nullable(),
  shop_name: z.string().nullable(),
  station: z.int().nullable(),
  station_name: z.string().nullable(),
  looks: z.boolean(),
  version: z.int(),
  serves_from: z.int(),
  epoch: z.int(),
  marker: z.string(),
  chain: z.string().optional(),
  rounds: z.coerce.number().nullable().optional(),
});

const ofNoStation =
  'The connection string is of no station. Use one that "phone-health shop init" has made for a station.';

/** What becomes of a server that has no such function or schema, or does not let this role ask it. */
function notGreeted(error: unknown): unknown {
  const cause = error instanceof ShopServerError ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === '3F000' || code === '42883') {
    return new ShopServerError(
      'shop-not-ready',
      'The database is not set up for a chain. Run "phone-health shop init" for it.',
      error,
    );
  }
  return code === '42501' ? new ShopServerError('shop-refused', ofNoStation, error) : error;
}

/** Who this station is to the server, and whether both understand each other. Throws `ShopServerError`. */
export async function sayHello(server: Server, known: KnownSchema = knownSchema): Promise<Hello> {
  const [row] = await server.rows(helloRow, 'SELECT * FROM shop.begin()').catch((error: unknown) => {
    throw notGreeted(error);
  });
  if (row === undefined) throw new ShopServerError('shop-failed', "The shop's server says nothing.");
  if (row.version < known.least) {
    throw new ShopServerError(
      'shop-not-ready',
      `The database is of an older version (${row.version}; this program needs ${known.least}). Run "phone-health shop init" of this version for it.`,
    );
  }
  if (row.serves_from > known.newest) {
    throw new ShopServerError(
      'shop-newer',
      `The database is of a newer version (${row.version}; this program knows ${known.newest}). Update this program.`,
    );
  }
  const { shop, shop_name: shopName, station, station_name: stationName, looks, epoch, marker, chain, rounds } = row;
  if (shop === null || shopName === null || station === null || stationName === null) {
    throw new ShopServerError('shop-refused', ofNoStation);
  }
  if (chain === undefined || rounds === undefined || rounds === null) {
    throw new ShopServerError('shop-failed', "The shop's server does not say which chain it is of.");
  }
  return { shop, shopName, station, stationName, looks, epoch, marker, chain, rounds };
}
