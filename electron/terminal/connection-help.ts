import type { Platform } from '../../native/phone.ts';
import type { Application } from '../app/application.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, print, printJson, styled } from './output.ts';

const platforms: readonly (readonly [Platform, string])[] = [
  ['android', 'Android phones'],
  ['ios', 'iPhones'],
];

const numbered = (title: string, steps: readonly string[]): string[] => [
  '',
  plain(title),
  ...steps.map((step, at) => plain(`  ${at + 1}. ${step}`)),
];

/** What keeps phones from being seen: first what this computer lacks, then what else it may be. */
export async function connectionHelp(app: Application, options: { json?: boolean }): Promise<ExitCode> {
  const topics = app.connectionHelp();
  const { troubles } = await app.phones();
  if (options.json) {
    printJson({ troubles, topics });
    return exitCode.ok;
  }
  for (const [platform, heading] of platforms) {
    print(
      ...(platform === 'android' ? [] : ['']),
      styled('bold', heading),
      ...troubles
        .filter((trouble) => trouble.platform === platform)
        .flatMap(({ message, remedy }) => numbered(message, remedy.steps)),
      ...topics.filter((topic) => topic.platform === platform).flatMap(({ title, steps }) => numbered(title, steps)),
    );
  }
  return exitCode.ok;
}
