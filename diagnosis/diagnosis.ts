import { z } from 'zod';
import { findingSchema, stepSchema } from './finding.ts';
import { chosenAppSchema } from './uploads/chosen-apps.ts';
import { toldUploadSchema } from './uploads/upload-state.ts';

/** Everything that judging one reading gives. */
export const diagnosisSchema = z.object({
  findings: z.array(findingSchema),
  /** The apps that should keep the photos; empty in what an earlier version judged. */
  chosen: z.array(chosenAppSchema).default([]),
  /** Whether photos leave, for each of them. */
  uploads: z.array(toldUploadSchema).default([]),
  verdict: z.string(),
  steps: z.array(stepSchema),
  /** Version of the catalog that judged. */
  catalog: z.string(),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;
