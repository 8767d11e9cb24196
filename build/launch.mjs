// `node build/launch.mjs COMMAND …`: sets up what a command needs, on whatever Node is there, and runs it on the pinned one. Nothing
// else in package.json names `node`: a shell remembers where it found one, and until set-up has run that is another one.
import { launch } from './commands.mjs';

const [name = '', ...args] = process.argv.slice(2);
await launch(name, args);
