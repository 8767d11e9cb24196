import type { Phone } from './phone.ts';

/** Makers whose phones are called by their model alone: “Pixel 8” says it all. */
const knownByModel: ReadonlySet<string> = new Set(['google', 'apple']);

/**
 * What a phone is called: the name its owner gave it, else its maker and model, each word once; null where neither is known. A name of
 * spaces only is no name, nor is the one that every iPhone has as sold. The window has the same rules (`phoneName` of renderer/parts).
 */
export function phoneTitle({
  name,
  manufacturer,
  model,
}: Pick<Phone, 'name' | 'manufacturer' | 'model'>): string | null {
  const given = name?.trim() ?? '';
  const sold = model?.trim() ?? '';
  if (given !== '' && !(given === 'iPhone' && sold !== '')) return given;
  if (sold === '') return null;
  const maker = manufacturer?.trim() ?? '';
  const isSaid = maker === '' || knownByModel.has(maker.toLowerCase());
  return isSaid || sold.toLowerCase().startsWith(maker.toLowerCase()) ? sold : `${maker} ${sold}`;
}
