import { type Answer, type Capture, decodeText } from './capture.ts';
import type { Parsed, Probe } from './probe.ts';
import {
  emptyReading,
  isKnown,
  sectionNames,
  type Gives,
  type Leaf,
  type Reading,
  type ReadingValues,
  type SectionName,
} from './reading.ts';
import { Unavailable, unavailable, type UnavailableReason } from './unavailable.ts';
import { sectionLeaves } from './vocabulary.ts';

/** The key of an answer in `Reading.answers`, and the `source` of the leaves it gave. */
export const answerKey = (probe: string, app: string | null): string => (app === null ? probe : `${probe}:${app}`);

type LooseLeaves = Record<string, Leaf<unknown> | undefined>;

/** A known value is never replaced by a later one; an unavailable one is, by a probe that knows. */
function put(leaves: LooseLeaves, name: string, value: unknown, source: string): void {
  if (isKnown(leaves[name])) return;
  if (value instanceof Unavailable) {
    leaves[name] ??= { unavailable: value.reason, detail: value.detail, source };
  } else {
    leaves[name] = { value, source };
  }
}

/** Of each probe: a reading asks for those of hundreds of answers. */
const knownSections = new WeakMap<Gives, readonly SectionName[]>();

/** Those that a probe promises leaves of. */
function sectionsOf(gives: Gives): readonly SectionName[] {
  const known = knownSections.get(gives) ?? sectionNames.filter((section) => gives[section] !== undefined);
  knownSections.set(gives, known);
  return known;
}

const notSaid = unavailable('missing', 'The phone does not say.');

function merge(reading: Reading, gives: Gives, values: ReadingValues, app: string | null, source: string): void {
  for (const section of sectionsOf(gives)) {
    const given: Record<string, unknown> = values[section] ?? {};
    for (const name of gives[section] ?? []) {
      put(reading[section], name, given[name] ?? notSaid, source);
    }
  }
  for (const id of app === null ? Object.keys(reading.apps) : [app]) {
    const leaves = reading.apps[id];
    if (leaves === undefined) continue;
    const given: Record<string, unknown> = values.apps?.[id] ?? {};
    for (const name of gives.app ?? []) {
      put(leaves, name, given[name] ?? notSaid, source);
    }
  }
}

/** Where no answer says more: every promised leaf is unavailable for one reason. */
function markUnavailable(reading: Reading, gives: Gives, app: string | null, why: Unavailable, source: string): void {
  const mark = (leaves: LooseLeaves, names: readonly string[] = []): void => {
    for (const name of names) leaves[name] ??= { unavailable: why.reason, detail: why.detail, source };
  };
  for (const section of sectionsOf(gives)) mark(reading[section], gives[section]);
  for (const id of app === null ? Object.keys(reading.apps) : [app]) mark(reading.apps[id] ?? {}, gives.app);
}

/** Every promised leaf, unavailable for one reason. */
export function allUnavailable(gives: Gives, apps: readonly string[], why: Unavailable): ReadingValues {
  const leaves = (names: readonly string[] | undefined) => Object.fromEntries((names ?? []).map((name) => [name, why]));
  const values: Record<string, unknown> = {};
  for (const section of sectionsOf(gives)) values[section] = leaves(gives[section]);
  values['apps'] = Object.fromEntries(apps.map((app) => [app, leaves(gives.app)]));
  return values;
}

const reasonOf: Record<Exclude<Answer['ended'], 'whole'>, UnavailableReason> = {
  timeout: 'timeout',
  truncated: 'truncated',
  unplugged: 'unplugged',
  denied: 'denied',
  missing: 'missing',
};

const isSaid = (value: unknown): boolean => value !== undefined && !(value instanceof Unavailable);

/** No line of the text is one that the parser knows, and nothing came out of it. */
function saysNothing({ values, unknownLines }: Parsed, text: string): boolean {
  // Most answers know every line, and a long one has hundreds of thousands.
  if (unknownLines === 0) return false;
  const { apps = {}, ...sections } = values;
  const saysSome = [...Object.values(sections), ...Object.values(apps)].some((leaves) =>
    Object.values(leaves ?? {}).some(isSaid),
  );
  if (saysSome) return false;
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  return lines > 0 && unknownLines >= lines;
}

/** `notes.txt is not a battery dump.` A command may stand with the file that its answer was found in. */
function isNot(command: string, origin: string): Unavailable {
  const [, asked = command, file] = /^(.*?)(?: \((.+)\))?$/s.exec(command) ?? [];
  const service = /^dumpsys ([\w.]+)/.exec(asked)?.[1];
  const what =
    service === undefined ? `an answer to "${asked}"` : `${/^[aeiou]/.test(service) ? 'an' : 'a'} ${service} dump`;
  return unavailable('unparsed', `${file ?? (origin === 'usb' ? 'The answer' : origin)} is not ${what}.`);
}

/** Several probes may read one dump after the other; a long one takes as long to decode as to read. */
function decodedOnce(): (output: Uint8Array) => string {
  let last: { output: Uint8Array; text: string } | null = null;
  return (output) => {
    if (last?.output !== output) last = { output, text: decodeText(output) };
    return last.text;
  };
}

interface Reader {
  reading: Reading;
  refusal: Refusal;
  origin: string;
  textOf: (output: Uint8Array) => string;
}

function parse(probe: Probe, answer: Answer, { reading, refusal, origin, textOf }: Reader): Parsed {
  const apps = probe.per === 'app' && answer.app !== null ? [answer.app] : Object.keys(reading.apps);
  const failed = (why: Unavailable): Parsed => ({ values: allUnavailable(probe.gives, apps, why), unknownLines: 0 });
  if (answer.ended !== 'whole') return failed(unavailable(reasonOf[answer.ended], answer.detail));
  const text = textOf(answer.output);
  const refused = refusal(text, answer);
  if (refused !== null) return failed(refused);
  if (probe.per === 'app' && answer.app === null) return { values: {}, unknownLines: 0 };
  const parsed =
    probe.per === 'phone' ? probe.parse(text, reading, answer) : probe.parse(text, answer.app ?? '', reading, answer);
  if (!saysNothing(parsed, text)) return parsed;
  return { ...failed(isNot(answer.command, origin)), unknownLines: parsed.unknownLines };
}

/** Recognises an answer that arrived whole and yet says nothing: a refusal, a service's own time-out. null: it is a real answer. */
export type Refusal = (text: string, answer: Answer) => Unavailable | null;

const changedByPower = sectionNames.flatMap((section) =>
  Object.entries(sectionLeaves[section]).flatMap(([name, schema]) =>
    schema.meta()?.['changedByPower'] === true ? [{ section, name }] : [],
  ),
);

function markUnderPower(reading: Reading): void {
  if (!isKnown(reading.battery.powered) || !reading.battery.powered.value) return;
  for (const { section, name } of changedByPower) {
    const leaf = (reading[section] as LooseLeaves)[name];
    if (isKnown(leaf)) leaf.underPower = true;
  }
}

function whyNotAsked(capture: Capture): Unavailable {
  if (capture.brokenOff === null) {
    return unavailable('missing', capture.origin === 'usb' ? 'Not asked.' : `Not in ${capture.origin}.`);
  }
  return unavailable(capture.brokenOff.reason === 'unplugged' ? 'unplugged' : 'timeout', capture.brokenOff.detail);
}

/** Nothing is asked about an app that is known not to be there, so nothing about it is missing either. */
const mayBeInstalled = (reading: Reading, app: string): boolean => {
  const installed = reading.apps[app]?.installed;
  return !(isKnown(installed) && !installed.value);
};

/** Told the key of each answer before it is read. */
export type OnAnswer = (key: string) => void;

/**
 * Makes the reading of a capture: each probe, in the order of the list, reads its answers. A question that was never asked
 * (the scan broke off before it, or the file does not hold it) leaves its leaves unavailable.
 */
export function assembleReading(
  capture: Capture,
  probes: readonly Probe[],
  refusal: Refusal,
  onAnswer?: OnAnswer,
): Reading {
  const reading = emptyReading(capture.platform, capture.startedAt, capture.apps);
  const reader: Reader = { reading, refusal, origin: capture.origin, textOf: decodedOnce() };
  const byProbe = Map.groupBy(capture.answers, (answer) => answer.probe);
  for (const probe of probes) {
    for (const answer of byProbe.get(probe.id) ?? []) {
      const key = answerKey(probe.id, answer.app);
      onAnswer?.(key);
      const { values, unknownLines } = parse(probe, answer, reader);
      const { command, startedAt, durationMs } = answer;
      reading.answers[key] = { probe: probe.id, command, at: startedAt, durationMs, unknownLines };
      merge(reading, probe.gives, values, answer.app, key);
    }
  }
  const why = whyNotAsked(capture);
  for (const probe of probes) {
    // What nobody has allowed to ask is not missing.
    if (probe.afterYes === true) continue;
    const answered = new Set(byProbe.get(probe.id)?.map((answer) => answer.app));
    const open =
      probe.per === 'phone' ? [null] : Object.keys(reading.apps).filter((app) => mayBeInstalled(reading, app));
    for (const app of open) {
      if (!answered.has(app)) markUnavailable(reading, probe.gives, app, why, answerKey(probe.id, app));
    }
  }
  markUnderPower(reading);
  return reading;
}
