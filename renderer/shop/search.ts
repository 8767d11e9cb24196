/** Whose scan an address means: ids are each shop's own. */
export const shopOf = ({ shop }: Record<string, unknown>): { shop?: string } =>
  typeof shop === 'string' ? { shop } : {};
