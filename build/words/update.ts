import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PO from 'pofile';
import { keyOf } from './language-file.ts';
import { windowWords } from './window-words.ts';

const root = join(import.meta.dirname, '..', '..');

/** Brings every language's file to the messages of the sources: what is new is added without a translation, what is not said any more goes. */
const { messages } = windowWords();
for (const file of globSync('renderer/language/*.po', { cwd: root })) {
  const path = join(root, file);
  const former = PO.parse(readFileSync(path, 'utf8'));
  const kept = new Map(
    former.items.filter(({ msgstr }) => (msgstr[0] ?? '') !== '').map((item) => [keyOf(item), item]),
  );
  former.items = messages.map(({ context, text, files }) => {
    const item = new PO.Item();
    item.msgid = text;
    if (context !== '') item.msgctxt = context;
    const before = kept.get(keyOf(item));
    item.msgstr = before?.msgstr ?? [''];
    item.comments = before?.comments ?? [];
    item.references = files;
    return item;
  });
  writeFileSync(path, `${former.toString().trimEnd()}\n`);
  const open = former.items.filter(({ msgstr }) => msgstr[0] === '');
  console.log(`${file}: ${messages.length} messages, ${open.length} not translated yet`);
  for (const { msgid } of open) console.log(`  ${msgid}`);
}
