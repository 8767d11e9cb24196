import { createServer } from 'node:net';

/** Another program on this computer that counts who comes to it, whatever they say. */
export async function otherProgram(): Promise<{ port: number; visits: () => number; close: () => void }> {
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return { port, visits: () => visits, close: () => void server.close() };
}
