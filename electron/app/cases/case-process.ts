import { openStore } from '../../../db/store.ts';
import { endWithParent } from '../../../native/end-with-parent.ts';
import { workerStarter } from '../../../native/worker-starter.ts';
import { computerClock } from '../program/clock.ts';
import { problemOf } from '../program/problem.ts';
import { caseJobSchema, type CaseJob, type FromCaseProcess } from './case-apart.ts';
import { Cases } from './cases.ts';

/** The process that reads a case of another computer: a large one takes seconds, in which a window answers nobody otherwise. */

const starter = workerStarter();

endWithParent();
// Ctrl-C reaches every process of a terminal; the parent decides what it means.
process.on('SIGINT', () => undefined);

function done({ folder, file, work }: CaseJob): FromCaseProcess {
  try {
    const store = openStore(folder);
    try {
      const cases = new Cases({ store: () => store, clock: computerClock, numberOf: ({ id }) => String(id) });
      return { kind: 'done', preview: work === 'show' ? cases.show(file) : cases.import(file) };
    } finally {
      store.close();
    }
  } catch (error) {
    return { kind: 'failed', problem: problemOf(error) };
  }
}

starter.onMessage((message) => starter.tell(done(caseJobSchema.parse(message)), () => starter.leave()));
