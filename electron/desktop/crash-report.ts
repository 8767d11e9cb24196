import type { Say } from './say.ts';

/** Something of the program that has ended, or does not go on. */
export interface Crash {
  /** `window`: it is gone. `silent`: it does not answer. `program`: a fault that nobody has handled. */
  kind: 'window' | 'silent' | 'program';
  /** What the system says of it: a reason with its number, or the stack of the fault. */
  what: string;
}

export interface CrashFacts {
  version: string;
  /** Of Electron, Chromium and Node, as far as they are known. */
  versions: Readonly<Record<string, string | undefined>>;
  platform: string;
  arch: string;
  at: Date;
  /** The last lines of the log: they name no phone already. */
  log: readonly string[];
}

/** What is copied to whoever is asked for help. `redact` takes out of it whose a phone is. */
export function crashReport({ kind, what }: Crash, facts: CrashFacts, redact: (text: string) => string): string {
  const { version, versions, platform, arch, at, log } = facts;
  const runtime = ['electron', 'chrome', 'node'].flatMap((name) =>
    versions[name] === undefined ? [] : [`${name} ${versions[name]}`],
  );
  return [
    `Phone Health Inspector ${version}, ${platform} ${arch}, ${runtime.join(', ')}`,
    `${at.toISOString()} ${kind}`,
    '',
    redact(what),
    '',
    ...(log.length === 0 ? ['(nothing was logged)'] : log),
    '',
  ].join('\n');
}

/** What somebody may do about it, by what they click. */
const everyAct = ['again', 'save', 'wait', 'quit'] as const;
export type CrashAct = (typeof everyAct)[number];

/** A click goes to an address that no computer can have (RFC 6761), and is seen before it is gone to: the page has no script. */
const nowhere = 'https://crash.invalid/';
export const actAddress = (act: CrashAct): string => `${nowhere}${act}`;

export function actOf(address: string): CrashAct | null {
  return everyAct.find((act) => address === actAddress(act)) ?? null;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const titles: Record<Crash['kind'], string> = {
  window: 'The window has ended by a fault',
  silent: 'The window does not answer',
  program: 'The program has ended by a fault',
};
const texts: Record<Crash['kind'], string> = {
  window: 'What is being done with the phones goes on, and what was kept is there.',
  silent: 'What is being done with the phones goes on, and what was kept is there.',
  program: 'What was kept is there. A correction that was cut off is offered to be finished or put back.',
};
const acts: Record<Crash['kind'], readonly (readonly [CrashAct, string])[]> = {
  window: [
    ['again', 'Open the window again'],
    ['save', 'Save the report…'],
    ['quit', 'Quit the program'],
  ],
  silent: [
    ['wait', 'Wait for it'],
    ['again', 'Open the window again'],
    ['save', 'Save the report…'],
  ],
  program: [
    ['again', 'Start the program again'],
    ['save', 'Save the report…'],
    ['quit', 'Quit the program'],
  ],
};

/** Styles are all that this page may load, and only those in it. */
const policy = "default-src 'none'; style-src 'unsafe-inline'";
const style = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { margin: 24px; }
  h1 { font-size: 20px; margin: 0 0 8px; }
  nav { display: flex; flex-wrap: wrap; gap: 8px; margin: 16px 0; }
  a { padding: 6px 14px; border: 1px solid currentColor; border-radius: 4px; color: inherit; text-decoration: none; }
  a:first-child { font-weight: 600; }
  a:focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12px; padding: 12px; border: 1px solid GrayText; max-height: 260px; overflow: auto; }
`;

/** The page of the crash window: no script, nothing to load, and no text that is not its own but the report, which is escaped. */
export function crashPage(crash: Crash, report: string, say: Say, language: string): string {
  const links = acts[crash.kind].map(
    ([act, words], index) =>
      `<a role="button" href="${actAddress(act)}"${index === 0 ? ' autofocus' : ''}>${escaped(say(words))}</a>`,
  );
  return `<!doctype html>
<html lang="${escaped(language)}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(say(titles[crash.kind]))}</title>
<style>${style}</style>
<h1>${escaped(say(titles[crash.kind]))}</h1>
<p>${escaped(say(texts[crash.kind]))}</p>
<nav>${links.join('\n')}</nav>
<p>${escaped(say('This is the report. It does not tell whose the phones are, and is sent to nobody.'))}</p>
<pre tabindex="0" dir="ltr"><bdi>${escaped(report)}</bdi></pre>
</html>
`;
}
