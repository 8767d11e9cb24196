import type { LabelPage } from './document.ts';

/** How a label looks: each row has its height and no more, so that nothing ever reaches over the edge. */
export function labelStyle({ width, height, margin, rows }: LabelPage): string {
  let row = 0;
  const places = rows.map(({ size, lines, beside = false }, index) => {
    if (!beside) row += 1;
    const area = beside ? `${row}/2` : `${row}/1/auto/${rows[index + 1]?.beside === true ? '2' : '3'}`;
    const type = lines === 0 ? '' : `font-size:${size}pt`;
    const cut =
      lines === 0
        ? ''
        : `main>:nth-child(${index + 1}) bdi{-webkit-line-clamp:${lines};${lines === 1 ? 'word-break:break-all' : ''}}`;
    return `main>:nth-child(${index + 1}){grid-area:${area};${type}}${cut}`;
  });
  const heights = rows.filter(({ beside }) => beside !== true).map((one) => `${one.height}mm`);
  return [
    ':root{color-scheme:light}',
    `body{margin:0;width:${width}mm;height:${height}mm;overflow:hidden;font-family:system-ui,sans-serif;color:#000;background:#fff}`,
    `main{display:grid;grid-template-columns:auto minmax(0,1fr);grid-template-rows:${heights.join(' ')};padding:${margin}mm}`,
    'h1,p{margin:0;min-width:0;overflow:hidden;line-height:1.2;font-weight:400}',
    'h1,.lead{font-weight:700}',
    'main>:nth-child(2){text-align:end;align-self:center}',
    'bdi{display:-webkit-box;-webkit-box-orient:vertical;overflow:hidden;overflow-wrap:anywhere}',
    'img{display:block}',
    ...places,
  ].join('');
}
