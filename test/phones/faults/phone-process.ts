import { comparable } from '../android/comparable.ts';
import { startSimulatedPhone } from '../android/simulated-adbd.ts';
import { troubles } from './troubles.ts';

/** A simulated phone in a process of its own, which outlives the programs that are killed. Started with `fork`. */

/** What it may be told; each is answered. `begin`: it is another phone now, with the trouble of this number. */
export type PhoneOrder = { kind: 'begin'; trouble: number } | { kind: 'tell' } | { kind: 'stop' };
/** What it says: that it is there, what it is like once nothing runs on it any more, or that an order is carried out. */
export type PhoneWord = { kind: 'ready'; address: string } | { kind: 'state'; state: unknown } | { kind: 'done' };

const say = (word: PhoneWord): void => void process.send?.(word);

const [first] = troubles;
if (first === undefined) throw new Error('There is no trouble.');
// A command has done its work some time before its answer, as on a real phone.
const phone = await startSimulatedPhone({ phone: first.phone(), faults: { delay: { minMs: 30, maxMs: 90 } } });

process.on('message', (order: PhoneOrder) => {
  void (async () => {
    switch (order.kind) {
      case 'begin':
        await phone.quiet();
        Object.assign(phone.model.state, troubles[order.trouble]?.phone().state);
        return say({ kind: 'done' });
      case 'tell':
        await phone.quiet();
        return say({ kind: 'state', state: comparable(phone.model) });
      case 'stop':
        await phone.stop();
        say({ kind: 'done' });
        process.disconnect();
    }
  })();
});
say({ kind: 'ready', address: phone.address });
