import type { Phone } from '../program/received.ts';

/** Makers whose phones are called by their model alone: “Pixel 8” says it all. */
const knownByModel: ReadonlySet<string> = new Set(['google', 'apple']);

/** What makers begin the names of their phones with. */
const family =
  /^(?:samsung|galaxy|google|pixel|xiaomi|redmi|poco|oneplus|nord|motorola|moto|huawei|honor|oppo|vivo|realme|sony|xperia|nokia|nothing|fairphone|asus|iphone)$/i;
/** What else such a name is made of: numbers as `S23`, `14T` or `5a`, and words of models. */
const ofModel =
  /^(?:[a-z]{0,2}\d{1,4}[a-z]{0,2}\+?|\(\d[a-z]?\)|5g|4g|lte|fe|se|xl|gt|ultra|plus|pro|max|mini|lite|air|note|tab|fold|flip|edge|razr|mate|nova|find|reno|phone|neo|power)$/i;

/** Whether a name was given by the maker and tells nobody's: two words at least, all of them as makers have them. */
function isMakersName(name: string): boolean {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  return rest.length > 0 && family.test(first) && rest.every((word) => family.test(word) || ofModel.test(word));
}

/** As people write a maker: phones print `samsung`. */
const written = (maker: string): string =>
  maker === maker.toLowerCase() ? maker.charAt(0).toUpperCase() + maker.slice(1) : maker;

/** What a phone is called without what its owner calls it: the maker's name for it, else its maker and model, each word once; null: neither is known. */
export function modelTitle({
  name,
  manufacturer,
  model,
}: Pick<Phone, 'name' | 'manufacturer' | 'model'>): string | null {
  if (name !== null && isMakersName(name)) return name.trim();
  // What the adb server has of Samsung's model numbers, without the maker.
  const sold = (model?.trim() ?? '').replace(/^SM[ _](?=[A-Z]\d)/, 'SM-');
  if (sold === '') return null;
  const said = manufacturer?.trim() ?? '';
  const maker = said === '' && /^SM-[A-Z]\d/.test(sold) ? 'samsung' : said;
  const isSaid = maker === '' || knownByModel.has(maker.toLowerCase());
  return isSaid || sold.toLowerCase().startsWith(maker.toLowerCase()) ? sold : `${written(maker)} ${sold}`;
}

/**
 * What a phone is called, everywhere: the name its owner or its maker gave it, else {@link modelTitle}. A name of spaces only is no name, nor
 * is the one that every iPhone has as sold. `native/phone-title.ts` has the same rule, and a test holds the two to each other.
 */
export function phoneTitle(phone: Pick<Phone, 'name' | 'manufacturer' | 'model'>): string | null {
  const given = phone.name?.trim() ?? '';
  const isAsSold = given === 'iPhone' && (phone.model?.trim() ?? '') !== '';
  return given === '' || isAsSold ? modelTitle(phone) : given;
}
