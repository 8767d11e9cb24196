import type { Platform } from '../../native/phone.ts';
import type { BackupApp } from './apps.ts';
import { fill, type Sentences } from './sentences.ts';

/** The words of one app that texts name as `{switch}`, `{feature}`, `{rules}`, `{seen}` and `{ended}`. */
export type AppWords = Readonly<Record<'switch' | 'feature' | 'rules' | 'seen' | 'ended', string>>;

/** What the backup is called now, and what it was called before, the latest name first. */
function featureWords({ words: { feature } }: BackupApp, sentences: Sentences): string {
  const [now, ...former] = feature.toReversed();
  if (now === undefined) return '';
  if (former.length === 0) return now.name;
  const names = former.map(({ name, until }) =>
    until === undefined ? name : fill(sentences['name-until'], { name, until }),
  );
  return fill(sentences['name-and-former'], { now: now.name, former: names.join('; ') });
}

/** The words of an app on a platform; its name stands in where the catalog does not know it. */
export function appWords(app: BackupApp | undefined, name: string, platform: Platform, sentences: Sentences): AppWords {
  const words = app?.words[platform];
  const rules = Object.values(words?.rules ?? {});
  return {
    switch: words?.switch ?? name,
    feature: app === undefined ? name : featureWords(app, sentences),
    rules: rules.length > 0 ? rules.join('; ') : sentences['own-rules'],
    seen: words?.seen ?? sentences['seen-in-app'],
    ended: app?.words.ended ?? '',
  };
}
