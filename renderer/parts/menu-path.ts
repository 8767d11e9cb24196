/** A step as it is shown: words, and the ways through the phone's menus among them. */
export type StepPart = { kind: 'words'; words: string } | { kind: 'path'; places: readonly string[] };

const arrow = ' > ';

/** Splits at every arrow that stands outside brackets. */
function atArrows(step: string): string[] {
  const segments: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < step.length; index += 1) {
    if (step[index] === '(') depth += 1;
    else if (step[index] === ')') depth -= 1;
    else if (depth === 0 && step.startsWith(arrow, index)) {
      segments.push(step.slice(start, index));
      start = index + arrow.length;
    }
  }
  return [...segments, step.slice(start)];
}

/**
 * What comes before the first place of a path: `Open Settings`, `On Samsung, open the Members app`, `Öffnen Sie Einstellungen`. In every
 * language that steps are written in: a step may stand in another than the window's.
 */
const leadIn =
  /^.*(?:^|\s)(?:open|in|to|tap|empty|from|look|or|sie|unter|auf|bei|zu|aus|oder)\s(?:(?:the|der|die|das|den|dem)\s)?/i;

/** What follows the last place of a path: the end of the sentence, a bracket, or `and look whether it is on`. */
const sequel =
  /[.,;:](?:\s|$)|\s\(|\sund (?=\p{Ll})|\s(?:ein|aus|ab|auf|nach|ob|steht)(?![\p{L}\p{N}])|\sand (?:add|agree|check|choose|confirm|install|look|open|read|remove|scroll|see|set|switch|tap|turn)\b|\s(?:where|whether)\b/u;

/** Where something is found outside brackets; the length where it is not. */
function endOf(segment: string, what: RegExp): number {
  const index = segment.replaceAll(/(?<=\()[^)]*/g, (inner) => '_'.repeat(inner.length)).search(what);
  return index === -1 ? segment.length : index;
}

function splitAt(segment: string, index: number): [string, string] {
  return [segment.slice(0, index), segment.slice(index)];
}

/**
 * Finds the ways through menus in a step of the catalog, `Open Settings > Apps > {app}. It must be on.`, so that they can be shown as a
 * picture. Nothing is lost: the parts, with their arrows, are the step again.
 */
export function stepParts(step: string): StepPart[] {
  const segments = atArrows(step);
  const parts: StepPart[] = [];
  let places: string[] = [];
  const say = (words: string): void => {
    if (words !== '') parts.push({ kind: 'words', words });
  };
  segments.forEach((segment, index) => {
    const isFirst = index === 0;
    const isLast = index === segments.length - 1;
    if (isFirst && isLast) return say(segment);
    let rest = segment;
    if (!isFirst) {
      // A bracket belongs to a place that goes on: Mobile Data (Cellular) > Options.
      const [place, after] = splitAt(rest, endOf(rest, isLast ? sequel : /[.,;]\s/));
      places.push(place);
      if (!isLast && after === '') return;
      parts.push({ kind: 'path', places });
      places = [];
      rest = after;
    }
    if (isLast) return say(rest);
    const [lead, place] = splitAt(rest, leadIn.exec(rest)?.[0].length ?? 0);
    say(lead);
    places.push(place);
  });
  return parts;
}
