import {
  chosenSamples,
  differencesOf,
  examples,
  exceptions,
  isException,
  manglings,
} from '../unit/native/android/read/mangling.ts';

/** Prints parsers × manglings: how many values became other values (in brackets: known exceptions, listed below; there must be no others). `node test/tables/mangling-table.ts` */
const names = Object.keys(manglings);
const rows = new Map<string, Map<string, Set<string>>>();
for (const example of examples(chosenSamples)) {
  const row = rows.get(example.command) ?? new Map<string, Set<string>>();
  rows.set(example.command, row);
  for (const difference of await differencesOf(example)) {
    const { mangling, leaf, was, is } = difference;
    const name = leaf.replace(/^.*\//, '');
    row.set(mangling, (row.get(mangling) ?? new Set()).add(isException(difference) ? `(${name})` : name));
    if (process.argv.includes('--all')) {
      console.error(
        example.sample,
        '|',
        example.command,
        '|',
        mangling,
        '|',
        leaf,
        JSON.stringify(was)?.slice(0, 100),
        '→',
        JSON.stringify(is)?.slice(0, 100),
      );
    }
  }
}
console.log(`| dump | ${names.join(' | ')} |`);
console.log(`|${' --- |'.repeat(names.length + 1)}`);
for (const [command, row] of rows) {
  console.log(`| ${command} | ${names.map((name) => [...(row.get(name) ?? [])].join(', ') || '·').join(' | ')} |`);
}
console.log(`\n${exceptions.length} exceptions:`);
for (const { dump, leaf, why } of exceptions) console.log(`- ${dump.source}, ${leaf.source}: ${why}`);
