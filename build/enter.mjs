// `node build/enter.mjs PROGRAM …`: runs a program of this checkout as if it had been started itself, with what V8 made of it the
// last time.
import { enableCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { compileCache } from './places.mjs';

enableCompileCache(compileCache);
process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1]).href);
