import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { closingTable } from '../phones/corrections/closing-table.ts';

/**
 * Prints every automatic correction on every sample phone on which it is offered: what `verify` says before and after, whether the
 * finding is closed, and whether it stays so when all later steps are carried out. `node test/tables/corrections.ts`
 */
console.log('| correction | sample | app | step | verify before → after | finding | later steps | wider afterwards |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const one of closingTable(loadCatalog())) {
  const cells = [
    `${one.cause}: ${one.correction}`,
    one.sample,
    one.app ?? 'the phone',
    one.isStep ? 'yes' : 'no',
    one.verified.map(String).join(' → '),
    one.closes ? 'closed' : 'OPEN',
    one.reopenedBy.length === 0 ? 'stays closed' : `REOPENED by ${one.reopenedBy.join(', ')}`,
    one.widerAfterwards.length === 0 ? 'none' : one.widerAfterwards.join(', '),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
