import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';

/** Pixels of four bytes each, as a reader of barcodes takes them. */
export interface Drawing {
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
  colorSpace: 'srgb';
}

/** a, b, c, d, e, f as in PDF 32000-1, 8.3.3. */
type Matrix = readonly [number, number, number, number, number, number];
type Point = readonly [x: number, y: number];

const within = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  a * g + c * h,
  b * g + d * h,
  a * i + c * j,
  b * i + d * j,
  a * k + c * l + e,
  b * k + d * l + f,
];

/** A path as pdf.js writes it: 0 move, 1 line, 4 close. Corners and straight lines are all that a barcode has. */
function pointsOf(path: ArrayLike<number>): Point[][] {
  const parts: Point[][] = [];
  for (let at = 0; at < path.length;) {
    const what = path[at];
    if (what === 0 || what === 1) {
      const point: Point = [path[at + 1] ?? 0, path[at + 2] ?? 0];
      if (what === 0) parts.push([point]);
      else parts.at(-1)?.push(point);
      at += 3;
    } else if (what === 4) at += 1;
    // A curve is none of a barcode's.
    else return [];
  }
  return parts;
}

const dotsAPoint = 4;

/** What is filled and drawn with straight lines on the first page of a PDF, in 288 dots an inch; its text and its curves are left out. */
export async function drawnPdf(bytes: Uint8Array): Promise<Drawing> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { OPS } = await getResolvedPDFJS();
  const page = await pdf.getPage(1);
  const [, , pageWidth = 0, pageHeight = 0] = page.view;
  const width = Math.ceil(pageWidth * dotsAPoint);
  const height = Math.ceil(pageHeight * dotsAPoint);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  let state = { matrix: [1, 0, 0, 1, 0, 0] as Matrix, fill: '#000000', stroke: '#000000', lineWidth: 1 };
  const kept: (typeof state)[] = [];
  const place = ([x, y]: Point): Point => {
    const [a, b, c, d, e, f] = state.matrix;
    return [(a * x + c * y + e) * dotsAPoint, height - (b * x + d * y + f) * dotsAPoint];
  };
  const fill = (parts: readonly Point[][], ink: string): void => {
    const lines = parts.flatMap((part) =>
      part.map((from, at): [Point, Point] => [from, part[(at + 1) % part.length] ?? from]),
    );
    const tops = lines.map(([[, y]]) => y);
    const last = Math.min(height, Math.ceil(Math.max(...tops)));
    for (let y = Math.max(0, Math.floor(Math.min(...tops))); y < last; y += 1) {
      const crossings = lines.flatMap(([[x1, y1], [x2, y2]]): [number, number][] => {
        const middle = y + 0.5;
        if (y1 === y2 || middle < Math.min(y1, y2) || middle >= Math.max(y1, y2)) return [];
        return [[x1 + ((middle - y1) / (y2 - y1)) * (x2 - x1), y1 < y2 ? 1 : -1]];
      });
      let winding = 0;
      let from = 0;
      for (const [x, turn] of crossings.toSorted(([a], [b]) => a - b)) {
        if (winding === 0) from = x;
        winding += turn;
        if (winding !== 0) continue;
        const tone = ink === '#ffffff' ? 255 : 0;
        for (let dot = Math.max(0, Math.round(from)); dot < Math.min(width, Math.round(x)); dot += 1) {
          data.fill(tone, (y * width + dot) * 4, (y * width + dot) * 4 + 3);
        }
      }
    }
  };
  const { fnArray, argsArray } = await page.getOperatorList();
  for (const [at, operation] of fnArray.entries()) {
    const values = argsArray[at] as unknown;
    if (operation === OPS.save) kept.push({ ...state });
    else if (operation === OPS.restore) state = kept.pop() ?? state;
    else if (operation === OPS.transform) state.matrix = within(state.matrix, values as Matrix);
    else if (operation === OPS.setFillRGBColor) [state.fill] = values as [string];
    else if (operation === OPS.setStrokeRGBColor) [state.stroke] = values as [string];
    else if (operation === OPS.setGState) {
      const lineWidth = (values as [[string, number][]])[0].find(([name]) => name === 'LW');
      if (lineWidth !== undefined) [, state.lineWidth] = lineWidth;
    } else if (operation === OPS.constructPath) {
      const [painted, [path]] = values as [number, [ArrayLike<number> | null]];
      const parts = path === null ? [] : pointsOf(path);
      if (painted === OPS.fill || painted === OPS.eoFill)
        fill(
          parts.map((part) => part.map(place)),
          state.fill,
        );
      if (painted === OPS.stroke) {
        const half = state.lineWidth / 2;
        const bars = parts.map(([[x1, y1] = [0, 0], [x2, y2] = [0, 0]]): Point[] =>
          x1 === x2
            ? [
                [x1 - half, y1],
                [x1 + half, y1],
                [x2 + half, y2],
                [x2 - half, y2],
              ]
            : [
                [x1, y1 - half],
                [x2, y2 - half],
                [x2, y2 + half],
                [x1, y1 + half],
              ],
        );
        fill(
          bars.map((bar) => bar.map(place)),
          state.stroke,
        );
      }
    }
  }
  return { data, width, height, colorSpace: 'srgb' };
}
