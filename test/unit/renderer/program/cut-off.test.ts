import { expect, test, vi } from 'vitest';
import type { Client } from '../../../../renderer/program/client.ts';
import { followCutOff } from '../../../../renderer/program/cut-off.ts';

test('what was cut off stands under its phone; however often something is kept meanwhile, it is asked once more', async () => {
  const answers = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()];
  const query = vi.fn<() => Promise<unknown>>();
  for (const { promise } of answers) query.mockReturnValueOnce(promise);
  const cutOff = followCutOff({ interrupted: { query } } as unknown as Client);
  cutOff.askAgain();
  cutOff.askAgain();
  expect(query).toHaveBeenCalledTimes(1);
  answers[0]?.resolve([
    { id: '2', phoneId: 'A1' },
    { id: '1', phoneId: 'A1' },
  ]);
  await vi.waitFor(() => expect(cutOff.get().get('A1')).toHaveLength(2));
  await vi.waitFor(() => expect(query).toHaveBeenCalledTimes(2));
  answers[1]?.resolve([]);
  await vi.waitFor(() => expect(cutOff.get().size).toBe(0));
});

test('where the program cannot be asked, what was known stays', async () => {
  const query = vi.fn<() => Promise<unknown>>().mockResolvedValueOnce([{ id: '1', phoneId: 'A1' }]);
  query.mockRejectedValueOnce(new Error('gone')).mockResolvedValueOnce([]);
  const cutOff = followCutOff({ interrupted: { query } } as unknown as Client);
  await vi.waitFor(() => expect(cutOff.get().size).toBe(1));
  cutOff.askAgain();
  await vi.waitFor(() => expect(query).toHaveBeenCalledTimes(2));
  expect(cutOff.get().size).toBe(1);
  cutOff.askAgain();
  await vi.waitFor(() => expect(cutOff.get().size).toBe(0));
});
