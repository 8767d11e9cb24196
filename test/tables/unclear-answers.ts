import { unclearWays } from '../ticket-systems/unclear-server.ts';
import { unclearRun, type SystemName } from '../ticket-systems/unclear-run.ts';

/**
 * Prints what becomes of messages to simulated ticket systems that answer unclearly, keep to their limits, and whose sender is killed now
 * and then: `node test/tables/unclear-answers.ts [how many] [seed] [hook|syncro|repairdesk]`
 */
const [unclear = 1000, seed = 1] = process.argv.slice(2, 4).map(Number);
const all: readonly SystemName[] = ['hook', 'syncro', 'repairdesk'];
const only = process.argv[4];
const systems = all.filter((system) => only === undefined || only === system);

console.log(
  '| system | messages | unclear answers | kills | lost | doubled | out of order | requests | over the limit | hours |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const system of systems) {
  const tickets = Math.ceil(unclear / 5);
  const result = await unclearRun({ system, unclear, tickets, messagesPerTicket: 6, seed, killedOneIn: 25 });
  const { messages, kills, lost, doubled, disordered, requests, overLimit, minutes } = result;
  const cells = [
    system,
    messages,
    result.unclear,
    kills,
    lost,
    doubled,
    disordered,
    requests,
    overLimit,
    (minutes / 60).toFixed(1),
  ];
  console.log(`| ${cells.join(' | ')} |`);
  console.log(unclearWays.map((way) => `${way} ${result.ways[way] ?? 0}`).join(', '));
}
