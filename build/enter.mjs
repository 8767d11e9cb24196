// `node build/enter.mjs [--lasting] PROGRAM …`: runs a program of this checkout as if it had been started itself, with what V8 made of it the
// last time. `--lasting`: it ends with the launcher.
import { enableCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { endWithStarters } from './parents.mjs';
import { compileCache } from './places.mjs';

enableCompileCache(compileCache);
if (process.argv[2] === '--lasting') {
  process.argv.splice(2, 1);
  endWithStarters();
}
process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1]).href);
