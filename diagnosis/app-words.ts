import type { Catalog } from './catalog.ts';

/** Puts the name of an app, and what the catalog knows about it, where a text says so. `name`: what it is called where it is not known. */
export function sayOfApp(catalog: Catalog, app: string | null, name: string): (text: string) => string {
  const entry = catalog.apps.find(({ android, ios }) => app !== null && (android.includes(app) || ios.includes(app)));
  const feature = entry?.feature.at(-1) ?? '';
  const former = entry?.feature.slice(0, -1).join(', ') ?? '';
  const rules = entry?.ownRules.join('; ') ?? '';
  return (text) =>
    text
      .replaceAll('{switch}', () => entry?.switch ?? name)
      .replaceAll('{feature}', () => feature || name)
      .replaceAll('{former}', () => former || feature || name)
      .replaceAll('{rules}', () => rules || catalog.sentences['own-rules'])
      .replaceAll('{app}', () => name);
}
