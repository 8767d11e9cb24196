import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { certainOf, decisivePaths, settledCauses } from '../../../diagnosis/judge/certain.ts';
import type { JudgeOptions } from '../../../diagnosis/judge/judge.ts';
import { probesGiving } from '../../../native/probes-giving.ts';
import { readCapture } from '../../../native/read-capture.ts';
import type { CaptureSoFar, PhoneSource } from '../../../native/source.ts';
import type { Reading } from '../../../native/reading.ts';
import { inLanguage, languageOfCall } from '../program/language.ts';

/** What is known for certain while a phone is still read, in words. */
export interface CertainFinding {
  cause: string;
  title: string;
}

/** Judging takes as long as a quick phone takes for some answers: it is looked at again only so often. */
const againMs = 150;

const decisiveProbes = new WeakMap<Catalog, readonly string[]>();

/** The probes whose answers decide what is certain first. */
export function probesFirst(catalog: Catalog): readonly string[] {
  const known = decisiveProbes.get(catalog);
  if (known !== undefined) return known;
  const { always, causes } = decisivePaths(catalog);
  const probes = [...new Set([...probesGiving('android', always), ...probesGiving('android', causes)])];
  decisiveProbes.set(catalog, probes);
  return probes;
}

/** Looks at the answers of a scan that goes on, and tells each time that more is certain. */
export class CertainSoFar {
  private readonly catalog: Catalog;
  private readonly source: Pick<PhoneSource, 'read'>;
  private readonly known: (reading: Reading) => JudgeOptions;
  private readonly tell: (findings: readonly CertainFinding[]) => void;
  private readonly language = languageOfCall();
  private lookedAt = -Infinity;
  private isLooking = false;
  private isOver = false;
  private settled = 0;
  private told = 0;

  constructor(
    catalog: Catalog,
    source: Pick<PhoneSource, 'read'>,
    known: (reading: Reading) => JudgeOptions,
    tell: (findings: readonly CertainFinding[]) => void,
  ) {
    this.catalog = catalog;
    this.source = source;
    this.known = known;
    this.tell = tell;
  }

  /** The scan is done: the whole verdict tells more. */
  end(): void {
    this.isOver = true;
  }

  async look(soFar: () => CaptureSoFar): Promise<void> {
    if (this.isLooking || performance.now() - this.lookedAt < againMs) return;
    const { capture, isSettled } = soFar();
    const settled = settledCauses(this.catalog, isSettled).size;
    if (settled === this.settled) return;
    this.settled = settled;
    this.isLooking = true;
    try {
      const reading = await readCapture(capture, (one) => this.source.read(one));
      if (this.isOver) return;
      const certain = inLanguage(this.language, () =>
        certainOf(reading, this.catalog, isSettled, this.known(reading)).map(({ cause, title }) => ({ cause, title })),
      );
      if (certain.length > this.told) this.tell(certain);
      this.told = certain.length;
    } finally {
      this.isLooking = false;
      this.lookedAt = performance.now();
    }
  }
}
