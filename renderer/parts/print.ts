/** Prints the screen that is shown, or one part of it: the elements marked with this attribute, and nothing beside them. */
export function printPage(only?: 'data-certificate'): void {
  const page = document.documentElement;
  if (only !== undefined) page.dataset['prints'] = only;
  globalThis.addEventListener('afterprint', () => delete page.dataset['prints'], { once: true });
  globalThis.print();
}
