import type { Diagnosis } from '../diagnosis.ts';
import type { Finding, Status } from '../finding.ts';
import { isOpen } from './order.ts';
import { heldBack } from './verdict.ts';

/** The findings of a diagnosis by what a person does with them: each stands in one group, and is counted there and nowhere else. */
export interface FindingGroups {
  /** What is proven to hold photos back. */
  held: Finding[];
  /** What else is wrong or may be, and comes of nothing else. */
  worthALook: Finding[];
  /** The same where photos leave and nothing is to be done: it could slow them, and holds nothing back now. */
  couldMatter: Finding[];
  /** What only shows that one of those is there. */
  symptoms: Finding[];
  /** Known after the next photo, or tomorrow. */
  settling: Finding[];
  /** A question that is asked now. */
  asked: Finding[];
  /** A person finds out on the phone. */
  byHand: Finding[];
  passed: Finding[];
  notApplicable: Finding[];
  /** Of apps that are not to keep the photos: what would matter for them. */
  others: Finding[];
  /** Of the phone itself, whatever its status. */
  health: Finding[];
}

const isAsked = ({ question }: Finding): boolean => question !== null;

/** The one place where findings are counted for the terminal; the window, which holds reports only, is tested against it. */
export function groupsOf(diagnosis: Pick<Diagnosis, 'findings' | 'chosen' | 'uploads' | 'steps'>): FindingGroups {
  const { findings, chosen, uploads, steps } = diagnosis;
  const isAside = ({ app }: Finding): boolean =>
    app !== null && chosen.length > 0 && chosen.every((one) => one.app !== app);
  const own = findings.filter((finding) => finding.pack === 'backup' && !isAside(finding));
  const having = (...statuses: readonly Status[]): Finding[] => own.filter(({ status }) => statuses.includes(status));
  const counted = new Set(heldBack(diagnosis));
  const isRunning = uploads.length > 0 && steps.length === 0 && uploads.every(({ state }) => state === 'running');
  const open = having('problem', 'possible');
  const roots = open.filter(({ becauseOf }) => becauseOf.length === 0);
  const rest = roots.filter((finding) => !counted.has(finding));
  const unknown = having('unknown', 'manual');
  return {
    held: roots.filter((finding) => counted.has(finding)),
    worthALook: isRunning ? [] : rest,
    couldMatter: isRunning ? rest : [],
    symptoms: open.filter(({ becauseOf }) => becauseOf.length > 0),
    settling: unknown.filter((finding) => finding.settling && !isAsked(finding)),
    asked: unknown.filter(isAsked),
    byHand: unknown.filter((finding) => !finding.settling && !isAsked(finding)),
    passed: having('ok'),
    notApplicable: having('not-applicable'),
    others: findings.filter((finding) => isAside(finding) && isOpen(finding)),
    health: findings.filter(({ pack, status }) => pack === 'device-health' && status !== 'not-applicable'),
  };
}
