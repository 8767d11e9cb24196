import { createHash } from 'node:crypto';
import { createElement, type ComponentChildren, type VNode } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Block, Page, ReportDocument } from './document.ts';
import type { SheetPaper } from '../printing/paper.ts';
import { labelStyle } from './label-style.ts';
import { linesOf, printable } from './printable.ts';
import type { Report } from './report.ts';
import { sheetStyle } from './sheet-style.ts';

/*
 * A page that opens years later, on any computer and without a network: no script, nothing fetched, and a policy of its own that forbids
 * both. Written without JSX, because Node runs the sources as they are. Preact escapes every text.
 */

/** An element of HTML; an attribute is text as well. */
const h = (tag: string, attributes: Record<string, string> | null, ...children: ComponentChildren[]): VNode =>
  createElement(tag, attributes, ...children);

/** Text with its own line breaks, in a direction of its own: what a phone says does not turn the words around it. */
function words(text: string): ComponentChildren {
  return linesOf(text).flatMap((line, index) => [...(index === 0 ? [] : [h('br', null)]), h('bdi', null, line)]);
}

const listItems = (items: readonly string[]): VNode[] => items.map((item) => h('li', null, words(item)));

/** How large the pictures of a document are on paper; a rule each, because the policy forbids styles on elements. */
class PictureSizes {
  readonly #rules = new Map<string, string>();

  classOf(width: number, height: number): string {
    const name = `size-${this.#rules.size + 1}`;
    this.#rules.set(name, `.${name}{width:${width}mm;height:${height}mm}`);
    return name;
  }

  get style(): string {
    return [...this.#rules.values()].join('');
  }
}

function blockElement(block: Block, sizes: PictureSizes): VNode {
  switch (block.type) {
    case 'heading':
      return h('h2', null, words(block.text));
    case 'subheading':
      return h('h3', null, words(block.text));
    case 'lead':
      return h('p', { class: 'lead' }, words(block.text));
    case 'text':
      return h('p', null, words(block.text));
    case 'list':
      return h('ul', null, listItems(block.items));
    case 'steps':
      return h('ol', block.boxes ? { class: 'boxes' } : null, listItems(block.items));
    case 'facts':
      return h(
        'table',
        { class: 'facts' },
        h(
          'tbody',
          null,
          block.facts.map(({ name, value }) =>
            h('tr', null, h('th', { scope: 'row' }, words(name)), h('td', null, words(value))),
          ),
        ),
      );
    case 'table':
      return h(
        'table',
        null,
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            block.columns.map((column) => h('th', { scope: 'col' }, words(column))),
          ),
        ),
        h(
          'tbody',
          null,
          block.rows.map((row) =>
            h(
              'tr',
              null,
              row.map((cell) => h('td', null, words(cell))),
            ),
          ),
        ),
      );
    case 'code':
      return h('pre', null, printable(block.lines.join('\n')));
    case 'picture':
      return h('img', {
        src: block.address,
        alt: printable(block.alt),
        class: sizes.classOf(block.width, block.height),
      });
    case 'group':
      return h(
        'section',
        null,
        block.blocks.map((one) => blockElement(one, sizes)),
      );
  }
}

function shopHead({ shop }: Report): VNode[] {
  if (shop.name === '' && shop.logo === null) return [];
  return [
    h(
      'header',
      null,
      shop.logo === null ? null : h('img', { src: shop.logo, alt: '', class: 'logo' }),
      shop.name === '' ? null : h('p', null, words(shop.name)),
    ),
  ];
}

const sheets: Record<SheetPaper, string> = { a4: 'A4', letter: 'letter' };

const pageStyle = (page: Page, sheet: SheetPaper): string =>
  page === 'sheet'
    ? `@page{size:${sheets[sheet]};margin:18mm 16mm}${sheetStyle}`
    : `@page{size:${page.width}mm ${page.height}mm;margin:0}${labelStyle(page)}`;

/** A whole document. `sheet`: what it is to be printed on, where the document does not say. */
export function htmlOf(report: Report, { title, blocks, page = 'sheet' }: ReportDocument, sheet: SheetPaper): string {
  const sizes = new PictureSizes();
  const body = blocks.map((block) => blockElement(block, sizes));
  const style = `${pageStyle(page, sheet)}${sizes.style}`;
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const head = h(
    'head',
    null,
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    h('meta', { name: 'viewport', content: 'width=device-width' }),
    h('meta', { name: 'referrer', content: 'no-referrer' }),
    // An icon that is asked for is a request.
    h('link', { rel: 'icon', href: 'data:,' }),
    h('title', null, printable(title)),
    // The one text that is no text of a report.
    createElement('style', { dangerouslySetInnerHTML: { __html: style } }),
  );
  const main = h('main', null, h('h1', null, words(title)), body);
  const root = h(
    'html',
    { lang: report.language },
    head,
    h('body', null, page === 'sheet' ? shopHead(report) : [], main),
  );
  return `<!doctype html>\n${renderToStaticMarkup(root)}\n`;
}
