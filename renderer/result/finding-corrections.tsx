import { AutomaticCorrection } from '../corrections/automatic-correction.tsx';
import { CorrectionEnds } from '../corrections/correction-ends.tsx';
import { GuidedCorrection } from '../corrections/guided-correction.tsx';
import type { Finding } from '../program/received.ts';

interface FindingCorrectionsProps {
  phoneId: string;
  finding: Finding;
  live: boolean;
  /** Whether few words are to stand here: steps on the phone open on demand even where they are the only way, and a change is named when asked for. */
  folded: boolean;
}

/** What removes the cause of a finding, and how that ended. */
export function FindingCorrections({ phoneId, finding, live, folded }: FindingCorrectionsProps) {
  const isOpen = finding.status === 'problem' || finding.status === 'possible';
  const corrections = isOpen ? finding.corrections : [];
  const place = { phoneId, finding, live };
  return (
    <>
      <CorrectionEnds phoneId={phoneId} finding={finding} />
      {corrections.map((correction) =>
        correction.kind === 'automatic' ? (
          <AutomaticCorrection
            key={correction.id}
            {...place}
            correction={correction}
            brief={folded && corrections.filter(({ kind }) => kind === 'automatic').length === 1}
          />
        ) : (
          <GuidedCorrection
            key={correction.id}
            {...place}
            correction={correction}
            folded={folded || corrections.some(({ kind }) => kind === 'automatic')}
          />
        ),
      )}
    </>
  );
}
