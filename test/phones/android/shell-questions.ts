import type { ChildProcess } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import type { SampleAnswer } from '../../../native/samples/android/sample-phone.ts';
import type { AskModel } from './ask-model.ts';
import { ByteQueue } from './byte-queue.ts';
import { MODEL_COMMANDS } from './phone-folder.ts';

/**
 * The commands that ask the model, as functions of the phone's shell: a scan has a hundred of them, and starting a program for each took most
 * of its time. A function writes its words to descriptor 3, as `COUNT LENGTH:WORD… `, and reads from 4 a line `CODE OUT-LENGTH ERR-LENGTH` and
 * then both outputs. Only the shell itself does so, one command after the other. What runs beside it (a part of a pipe, a substitution), or
 * is started by another program, is the program of that name on the PATH. All of it stands on one line, so that the shell counts the lines of
 * a script as without it.
 */
export const shellFunctions = [
  '_ask() { if [[ $BASHPID != $$ ]]; then command "$@"; return; fi',
  'typeset _word _asked="$#" _code _out _err _said',
  'for _word; do _asked+=" ${#_word}:$_word"; done',
  'print -nru3 -- "$_asked "',
  "IFS=' ' read -ru4 _code _out _err",
  'if (( _out > 0 )); then IFS= read -rN$_out -u4 _said; print -nr -- "$_said"; fi',
  'if (( _err > 0 )); then IFS= read -rN$_err -u4 _said; print -nru2 -- "$_said"; fi',
  'return $_code; }',
  ...MODEL_COMMANDS.map((name) => `${name}() { _ask ${name} "$@"; }`),
  '',
].join('; ');

/** Answers what the functions of a shell ask, until it ends. */
export function answerQuestions({ stdio: [, , , questions, answers] }: ChildProcess, ask: AskModel): void {
  if (!(questions instanceof Readable) || !(answers instanceof Writable))
    throw new Error('The shell has no descriptors 3 and 4.');
  const queue = new ByteQueue();
  questions.on('data', (chunk: Buffer) => queue.push(chunk));
  questions.on('end', () => queue.end());
  // A killed shell drops its side; there is nobody left to tell.
  for (const side of [questions, answers]) side.on('error', () => side.destroy());
  void (async () => {
    for (let argv = await readWords(queue); argv !== null; argv = await readWords(queue)) {
      const answer = ask(argv);
      if (answer === null) return;
      const encoded = encodeAnswer(answer);
      answer.whenReady(() => answers.write(encoded, answer.told));
    }
  })();
}

async function readWords(queue: ByteQueue): Promise<string[] | null> {
  const count = await readNumber(queue);
  if (count === null) return null;
  const words: string[] = [];
  while (words.length < count) {
    const length = await readNumber(queue);
    const word = length === null ? null : await queue.read(length);
    if (word === null) return null;
    words.push(word.toString('utf8'));
    // What stands between two words, and after the last one.
    await queue.read(1);
  }
  return words;
}

/** Digits, and the one character after them. */
async function readNumber(queue: ByteQueue): Promise<number | null> {
  let digits = '';
  for (;;) {
    const next = await queue.read(1);
    if (next === null) return null;
    const character = next.toString('latin1');
    if (!/\d/.test(character)) return Number(digits);
    digits += character;
  }
}

function encodeAnswer({ stdout, stderr, exitCode }: SampleAnswer): Buffer {
  if (/\0/.test(stdout + stderr)) throw new Error('A variable of a shell cannot hold this answer.');
  const [out, err] = [Buffer.from(stdout), Buffer.from(stderr)];
  return Buffer.concat([Buffer.from(`${exitCode} ${out.length} ${err.length}\n`), out, err]);
}
