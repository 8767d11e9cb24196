import { describe } from 'vitest';
import { cutOffAtEveryStep } from './every-step.ts';
import { exemption } from './troubles.ts';

describe(exemption.name, () => cutOffAtEveryStep(exemption, 'corrected and undone'));
