import { z } from 'zod';
import { platformSchema, type Platform } from './phone.ts';
import { encodingOf, plainLines } from './plain-text.ts';

/**
 * How an answer ended. Only `whole` is proof of anything; the others say why the bytes are fewer than the phone had to say.
 * `denied`: the phone refused; `missing`: the phone or file does not have it at all.
 */
export const endedSchema = z.enum(['whole', 'timeout', 'truncated', 'unplugged', 'denied', 'missing']);
export type Ended = z.infer<typeof endedSchema>;

/** What a phone said to one question, verbatim. */
export interface Answer {
  probe: string;
  /** The app that was asked about, for a question asked once per app. */
  app: string | null;
  /** The words of the question, as a person could type them (or the file and section they were read from). */
  command: string;
  output: Uint8Array;
  /** Standard error; empty where the phone mixes it into the output (shell v1). */
  errors: string;
  /** null where the phone gives none. */
  exitCode: number | null;
  /** UTC, ISO 8601. */
  startedAt: string;
  durationMs: number;
  ended: Ended;
  /** A plain sentence about how it ended, where it did not end whole. */
  detail: string;
}

/** Everything a phone answered in one scan. */
export interface Capture {
  platform: Platform;
  /** adb serial or UDID; for a file, what the file says, else its name. */
  phoneId: string;
  /** Where it came from, for a person: `usb`, or a file's name. */
  origin: string;
  startedAt: string;
  durationMs: number;
  /** The apps the scan was about (package or bundle ids). */
  apps: readonly string[];
  answers: readonly Answer[];
  /** Set when the scan broke off: the phone was unplugged, or the deadline passed, before every question was answered. */
  brokenOff: { reason: 'unplugged' | 'timeout' | 'cancelled'; detail: string } | null;
}

const storedAnswerSchema = z.object({
  probe: z.string(),
  app: z.string().nullable(),
  command: z.string(),
  text: z.string().optional(),
  base64: z.string().optional(),
  errors: z.string(),
  exitCode: z.number().int().nullable(),
  startedAt: z.string(),
  durationMs: z.number(),
  ended: endedSchema,
  detail: z.string(),
});

const storedCaptureSchema = z.object({
  format: z.literal('phone-health-capture'),
  version: z.literal(1),
  platform: platformSchema,
  phoneId: z.string(),
  origin: z.string(),
  startedAt: z.string(),
  durationMs: z.number(),
  apps: z.array(z.string()),
  answers: z.array(storedAnswerSchema),
  brokenOff: z.object({ reason: z.enum(['unplugged', 'timeout', 'cancelled']), detail: z.string() }).nullable(),
});

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as text where nothing is lost by it (readable in an editor), else base64. */
function storeOutput(output: Uint8Array): { text: string } | { base64: string } {
  try {
    return { text: utf8.decode(output) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { base64: Buffer.from(output).toString('base64') };
  }
}

/** A capture as one self-describing JSON document (`phone-health-capture`, version 1), uncompressed. */
export function captureToJson(capture: Capture): string {
  const { answers, apps, ...rest } = capture;
  return JSON.stringify({
    format: 'phone-health-capture',
    version: 1,
    ...rest,
    apps: [...apps],
    answers: answers.map(({ output, ...answer }) => ({ ...answer, ...storeOutput(output) })),
  });
}

/** The inverse of {@link captureToJson}. Throws a ZodError or SyntaxError on anything else. */
export function captureFromJson(json: string): Capture {
  const { format: _format, version: _version, answers, ...rest } = storedCaptureSchema.parse(JSON.parse(json));
  return {
    ...rest,
    answers: answers.map(({ text, base64, ...answer }) => ({
      ...answer,
      output: text === undefined ? new Uint8Array(Buffer.from(base64 ?? '', 'base64')) : new TextEncoder().encode(text),
    })),
  };
}

const decoders = {
  'utf-8': new TextDecoder('utf-8'),
  'utf-16le': new TextDecoder('utf-16le'),
  'utf-16be': new TextDecoder('utf-16be'),
};

/** Text of an answer, as `plain-text.ts` describes it. Never throws: bytes that are no text become U+FFFD. */
export const decodeText = (bytes: Uint8Array): string => plainLines(decoders[encodingOf(bytes)].decode(bytes));
