import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { ApplicationError } from '../app/program/problem.ts';

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Stands in index.html where a new random value is put for every answer (`html.cspNonce` in vite.config.ts). */
const noncePlaceholder = '__STYLE_NONCE__';

export const securityHeaders: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), usb=()',
};

/** Nothing from elsewhere, no inline scripts, no eval; `connect` is the only place the window may talk to. */
function contentSecurityPolicy(connect: string, styleNonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${styleNonce}'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src ${connect}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

export interface WindowAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** The built window. `get` answers exact names only, from memory, so that no path can lead out of the folder. */
export interface WindowFiles {
  /** `connect`: the `connect-src` of this host. Returns null where there is no such file. */
  get(path: string, connect: string): WindowAnswer | null;
}

/**
 * Reads the built window into memory (about a megabyte).
 * Throws {@link ApplicationError} `window-not-built` where the folder holds no window.
 */
export async function readWindowFiles(folder: string): Promise<WindowFiles> {
  const files = new Map<string, Buffer>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join('/')}`, await readFile(path));
  }
  const index = files.get('/index.html')?.toString('utf8');
  if (index === undefined) {
    throw new ApplicationError('window-not-built', `There is no built window in ${folder}.`, ['Run: npm run build']);
  }

  return {
    get(path, connect) {
      if (path === '/' || path === '/index.html') {
        const nonce = randomBytes(16).toString('base64url');
        return {
          status: 200,
          headers: {
            ...securityHeaders,
            'Content-Type': 'text/html; charset=utf-8',
            'Content-Security-Policy': contentSecurityPolicy(connect, nonce),
            'Cache-Control': 'no-store',
          },
          body: Buffer.from(index.replaceAll(noncePlaceholder, nonce)),
        };
      }
      const body = files.get(path);
      if (body === undefined) return null;
      const hashed = path.startsWith('/assets/');
      return {
        status: 200,
        headers: {
          ...securityHeaders,
          'Content-Type': contentTypes[extname(path)] ?? 'application/octet-stream',
          'Content-Security-Policy': `default-src 'none'`,
          'Cache-Control': hashed ? 'private, max-age=31536000, immutable' : 'no-cache',
        },
        body,
      };
    },
  };
}
