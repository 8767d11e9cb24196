// `npm run manifests -- FROM TO`: lays the packages of a release side by side and writes what winget, Homebrew and Flathub are told of them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flathub, homebrew, winget, type Release } from './manifests.ts';
import { root } from './project.ts';
import { publisherOf, whyNotPublished } from './publisher.ts';
import { gatherRelease } from './release-files.ts';

const [from, to] = process.argv.slice(2);
const { author, repository } = publisherOf(process.env);
if (from === undefined || to === undefined) {
  process.stderr.write('npm run manifests -- FROM TO\n');
  process.exitCode = 2;
} else if (repository === null) {
  process.stderr.write(`${whyNotPublished({ author, homepage: '', repository })}\n`);
  process.exitCode = 1;
} else {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const release: Release = {
    version,
    date: new Date().toISOString().slice(0, 10),
    ...repository,
    publisher: author.name,
    installers: gatherRelease(from, to),
  };
  const files: Record<string, string> = {
    ...winget(release),
    'phone-health-inspector.rb': homebrew(release),
    ...flathub(release),
  };
  mkdirSync(to, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(to, file), text);
  process.stdout.write(`${Object.keys(files).join('\n')}\n`);
}
