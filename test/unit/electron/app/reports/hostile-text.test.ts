import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { parse, type DefaultTreeAdapterMap } from 'parse5';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../../diagnosis/load/catalog.ts';
import { reportFormatSchema, reportKindSchema } from '../../../../../electron/app/reports/formats.ts';
import { printable } from '../../../../../electron/app/reports/printable.ts';
import { renderReport } from '../../../../../electron/app/reports/render-report.ts';
import type { Report } from '../../../../../electron/app/reports/report.ts';
import { ownedSamples, reportOf } from './sample-reports.ts';

type Node = DefaultTreeAdapterMap['node'];

const catalog = loadCatalog();
const options = { programs: catalog.programs, papers: { sheet: 'a4', label: '62' } } as const;
const [sample] = await ownedSamples(catalog);
if (sample === undefined) throw new Error('There is no sample.');
const whole = reportOf(sample, catalog);

/** A report that is quickly made into anything: one finding of each kind. */
const base: Report = {
  ...whole,
  snapshots: whole.snapshots.map((snapshot) => ({
    ...snapshot,
    scan: {
      ...snapshot.scan,
      findings: snapshot.scan.findings.filter(({ status }) => status === 'problem'),
      incomplete: [],
    },
  })),
};

/** The same report with a text wherever somebody else writes one. */
function withText(text: string): Report {
  const { snapshots, actions, proofs, ticket } = base;
  if (ticket === null) throw new Error('This report has a ticket.');
  return {
    ...base,
    shop: { name: text, logo: null },
    ticket: { ...ticket, customer: text, technician: text, fault: text },
    snapshots: snapshots.map((snapshot) => ({
      ...snapshot,
      label: text,
      scan: {
        ...snapshot.scan,
        phone: { ...snapshot.scan.phone, name: text, model: text, build: text },
        apps: snapshot.scan.apps.map((app) => ({ ...app, name: text })),
        verdict: text,
        findings: snapshot.scan.findings.map((finding) => ({ ...finding, title: text, explanation: text })),
      },
    })),
    actions: actions.map((action) => ({
      ...action,
      title: text,
      appName: text,
      before: { 'network.alwaysOnVpn': text },
      after: {},
    })),
    proofs: proofs.map((proof) => ({ ...proof, appName: text, sentence: text })),
  };
}

const markup = [
  '<img src=x onerror=alert(1)>',
  '</title><script>x</script>',
  '"\'><svg/onload=x>',
  '&lt;b&gt;',
  '</style>',
  '<!--',
  ']]>',
  '\u202e',
  '=1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  ';=1',
  '+1',
  '-1',
  '**',
  '[x](http://y.example)',
  '`',
  '|',
  '# ',
  '\ud800',
  '\u0000',
  'https://y.example',
];
const hostile = oneof(
  string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  array(oneof(constantFrom(...markup), string({ maxLength: 6 })), { minLength: 1, maxLength: 6 }).map((parts) =>
    parts.join(''),
  ),
);

const isElement = (node: Node): node is DefaultTreeAdapterMap['element'] => 'tagName' in node;
const isText = (node: Node): node is DefaultTreeAdapterMap['textNode'] => node.nodeName === '#text';
const childrenOf = (node: Node): Node[] => ('childNodes' in node ? node.childNodes : []);

/** Every element of a document, and its text, a line each. */
function read(html: string): { tags: Set<string>; lines: string[]; attributes: Set<string> } {
  const tags = new Set<string>();
  const attributes = new Set<string>();
  const lines: string[] = [];
  const walk = (node: Node): void => {
    if (isElement(node)) {
      tags.add(node.tagName);
      for (const { name } of node.attrs) attributes.add(name);
    }
    if (isText(node)) lines.push(node.value);
    for (const child of childrenOf(node)) walk(child);
  };
  walk(parse(html));
  return { tags, lines, attributes };
}

/** Cells of a CSV in which every cell is quoted. */
const cellsOf = (csv: string): string[] =>
  [...csv.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"'));

const ownTags = new Set([
  'html',
  'head',
  'meta',
  'link',
  'title',
  'style',
  'body',
  'header',
  'main',
  'section',
  'h1',
  'h2',
  'h3',
  'p',
  'ul',
  'ol',
  'li',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'pre',
  'br',
  'bdi',
  'img',
]);
const ownAttributes = new Set([
  'lang',
  'charset',
  'http-equiv',
  'content',
  'name',
  'rel',
  'href',
  'class',
  'scope',
  'src',
  'alt',
]);

/** A parser of HTML reads the end of a line its own way. */
const lineOf = (text: string): string => printable(text).split(/\r\n|\r|\n/)[0] ?? '';

describe('text of phones and people, whatever it is,', () => {
  test('is text in every report of every kind and format', () => {
    assert(
      property(hostile, constantFrom(...reportKindSchema.options), (text, kind) => {
        const report = { ...withText(text), kind };
        const html = read(renderReport(report, 'html', options));
        expect([...html.tags].filter((tag) => !ownTags.has(tag))).toEqual([]);
        expect([...html.attributes].filter((name) => !ownAttributes.has(name))).toEqual([]);
        if (lineOf(text) !== '') expect(html.lines).toContain(lineOf(text));
        const csv = renderReport(report, 'csv', options);
        for (const cell of cellsOf(csv)) {
          if (/^-?\d+(?:\.\d+)?$/.test(cell)) continue;
          // A blank begins a formula only where one follows; within a cell it is what a formula would follow.
          expect(cell).not.toMatch(/^[-=+@\t\r\uff1d\uff0b\uff0d\uff20]|[;\t\r\n][-=+@\uff1d\uff0b\uff0d\uff20]/);
        }
        const markdown = renderReport(report, 'md', options);
        expect(
          markdown
            .replaceAll('<br>', '')
            .replaceAll(/^- \[ \] /gm, '')
            .replaceAll(/\\[\s\S]/g, '')
            .replaceAll(/```+text[\s\S]*?\n```+\n/g, ''),
        ).not.toMatch(/[<[`]|:\/\//);
        // The customer stands on paper only.
        const ticket = report.ticket && { ...report.ticket, customer: null };
        expect(JSON.parse(renderReport(report, 'json', options))).toEqual({ ...report, ticket });
      }),
      { numRuns: 60 },
    );
  });

  test('changes nothing of how a report is made: the same report gives the same bytes', () => {
    for (const format of reportFormatSchema.options) {
      const report = withText(markup.join(' '));
      expect(renderReport(structuredClone(report), format, options)).toBe(renderReport(report, format, options));
    }
  });

  test.for([
    ['-75', '-75'],
    ['=HYPERLINK("http://y.example")', `'=HYPERLINK("http://y.example")`],
    ['\t=1', `'\t'=1`],
    ['\t\r', `'\t\r`],
    ['\t\r=1', `'\t\r'=1`],
    ['name;=1+1', `name;'=1+1`],
  ])('is no formula in CSV: %j', ([text = '', cell = '']) => {
    const cells = cellsOf(renderReport({ ...withText(text), kind: 'diagnosis' }, 'csv', options));
    // A text that looks like a number is text all the same.
    expect(cells).toContain(text === '-75' ? `'${cell}` : cell);
  });
});
