import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemOfCall, type Client } from './client.ts';
import { useProgram } from './program.tsx';
import type { TicketView } from './received.ts';
import type { Problem } from '../../electron/api.ts';

type Change = Parameters<Client['tickets']['change']['mutate']>[0]['change'];

export interface TicketChanging {
  /** Keeps a change of whoever has `seen` the ticket at that version. */
  change: (change: Change, seen: number, onKept?: () => void) => void;
  isBusy: boolean;
  /** Why the last change was not kept; null where it was. */
  problem: Problem | null;
  /** Nobody asks any more why. */
  forgetProblem: () => void;
}

/** Changes one ticket; what it is then is shown at once. */
export function useTicketChange(id: string): TicketChanging {
  const { client } = useProgram();
  const queries = useQueryClient();
  const show = (ticket: TicketView): void => queries.setQueryData(['kept', 'ticket', id], ticket) as void;
  const mutation = useMutation({
    mutationFn: ({ change, seen }: { change: Change; seen: number; onKept?: (() => void) | undefined }) =>
      client.tickets.change.mutate({ id, seen, change }),
    // Not of the call itself: that is forgotten where what asked is gone by then, as it is where the list of tickets is told first.
    onSuccess: (ticket, { onKept }) => {
      show(ticket);
      onKept?.();
    },
    // What somebody else has written meanwhile is to be seen.
    onError: () => queries.invalidateQueries({ queryKey: ['kept', 'ticket', id] }),
  });
  return {
    change: (change, seen, onKept) => mutation.mutate({ change, seen, onKept }),
    isBusy: mutation.isPending,
    problem: mutation.error === null ? null : problemOfCall(mutation.error),
    forgetProblem: mutation.reset,
  };
}
