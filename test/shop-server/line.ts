import { connect, createServer, type Socket } from 'node:net';

/** How a line between a station and the server is. */
export interface LineState {
  /** After how many bytes, in either direction, a connection is torn; null: never. Asked once for each connection. */
  tearsAfter: () => number | null;
  /** Bytes go in and nothing comes out. */
  isSilent: boolean;
}

/** A line that can break: stations connect to its port instead of the server's. */
export interface Line {
  port: number;
  state: LineState;
  /** How often a connection was torn. */
  torn: () => number;
  close: () => Promise<void>;
}

export async function openLine(to: number, state: LineState): Promise<Line> {
  let torn = 0;
  const open = new Set<Socket>();
  const server = createServer((station) => {
    const limit = state.tearsAfter();
    const server = connect(to, '127.0.0.1');
    let passed = 0;
    const both = [station, server] as const;
    for (const socket of both) {
      open.add(socket);
      socket.setNoDelay(true);
      // The other end was torn off: that is what this line is for.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        for (const one of both) one.destroy();
      });
    }
    const pass = (from: Socket, into: Socket): void => {
      from.on('data', (bytes: Buffer) => {
        if (state.isSilent) return;
        const left = limit === null ? bytes.length : limit - passed;
        passed += bytes.length;
        into.write(bytes.subarray(0, left));
        if (left >= bytes.length) return;
        torn += 1;
        // What was written so far still arrives.
        into.end();
        from.destroy();
      });
    };
    pass(station, server);
    pass(server, station);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    port,
    state,
    torn: () => torn,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
