import style from './certificate-file.css?inline';
import type { Shop } from '../parts/shop-head.tsx';

/** What a certificate says, line by line. */
export interface CertificateText {
  shop: Shop;
  title: string;
  /** That the phone is no real one; null: it is. */
  sample: string | null;
  facts: readonly string[];
  /** What was changed before, as it was → as it is. */
  changes: readonly string[];
}

/** A page that stands by itself. Text reaches it as text only, whatever a phone is called. */
export function certificatePage({ shop, title, sample, facts, changes }: CertificateText): string {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = document.documentElement.lang;
  const charset = page.createElement('meta');
  charset.setAttribute('charset', 'utf-8');
  page.head.prepend(charset);
  const add = (tag: 'h1' | 'p' | 'ul' | 'li', words: string, into: Element = page.body): Element => {
    const element = page.createElement(tag);
    element.textContent = words;
    into.append(element);
    return element;
  };
  if (shop.logo !== null) {
    const logo = page.createElement('img');
    logo.src = shop.logo;
    logo.alt = '';
    logo.height = 56;
    page.body.append(logo);
  }
  if (shop.name !== '') add('p', shop.name).className = 'shop';
  if (sample !== null) add('p', sample).className = 'sample';
  add('h1', title);
  for (const fact of facts) add('p', fact);
  if (changes.length > 0) {
    const list = add('ul', '');
    for (const change of changes) add('li', change, list);
  }
  // As text: an element of it would be refused by the window's own policy.
  const html = page.documentElement.outerHTML.replace('</head>', `<style>${style}</style></head>`);
  return `<!doctype html>\n${html}\n`;
}

/** Offers the certificate as a file. */
export function saveCertificate(text: CertificateText): void {
  const address = URL.createObjectURL(new Blob([certificatePage(text)], { type: 'text/html' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'photos-leave-this-phone.html';
  link.click();
  URL.revokeObjectURL(address);
}
