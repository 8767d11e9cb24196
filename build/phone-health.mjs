#!/usr/bin/env node
// The command line of a checkout, as `npm link` puts it on the PATH.
import { launch } from './commands.mjs';

await launch('cli', process.argv.slice(2));
