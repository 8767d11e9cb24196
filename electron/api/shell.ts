import { procedure, router } from './procedure.ts';

/** What only the desktop has: everywhere else the state is null, nothing is asked of the window, and nothing is done. */
export const shellApi = router({
  shell: router({
    /** What the desktop has beside the window, now and at every change. */
    follow: procedure.subscription(({ ctx, signal }) => ctx.app.followShell(signal)),
    /** What the window is asked to show, by the menu, the tray, a link or a file. */
    requests: procedure.subscription(({ ctx, signal }) => ctx.app.shellRequests(signal)),
    /** Looks for a newer version at once. */
    lookForUpdate: procedure.mutation(({ ctx }) => ctx.app.shell.lookForUpdate()),
    /** Ends the program, and starts the newer version that is ready. */
    installUpdate: procedure.mutation(({ ctx }) => ctx.app.shell.installUpdate()),
  }),
});
