/** An option that may be given again. */
export const several = (text: string, before: string[] = []): string[] => [...before, text];
