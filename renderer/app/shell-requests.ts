import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useProgram } from '../program/program.tsx';
import type { ShellRequest } from '../program/received.ts';

const screens = {
  phones: '/',
  bench: '/bench',
  tickets: '/tickets',
  'new-ticket': '/tickets/new',
  history: '/history',
  settings: '/settings',
  catalog: '/settings/catalog',
  backups: '/settings/backups',
  licences: '/settings/licences',
  'connection-help': '/connection-help',
} as const satisfies Record<Extract<ShellRequest, { type: 'screen' }>['screen'], string>;

/** Shows what the desktop's menu, its tray, a link or a file asks for. Files are opened one after the other. */
export function useShellRequests(): void {
  const { client, files } = useProgram();
  const navigate = useNavigate();
  useEffect(() => {
    let paths: string[] = [];
    const openNext = (): void => {
      const [path, ...rest] = paths;
      if (path === undefined || files.get().reading !== null) return;
      paths = rest;
      files.openPath(path);
    };
    const show = (request: ShellRequest): void => {
      switch (request.type) {
        case 'screen':
          return void navigate({ to: screens[request.screen] });
        case 'snapshot':
          return void navigate({ to: '/snapshots/$id', params: { id: request.id } });
        case 'ticket':
          return void navigate({ to: '/tickets/$id', params: { id: request.id } });
        case 'phone':
          return void navigate({ to: '/phones/$phoneId', params: { phoneId: request.phoneId } });
        case 'file':
          paths.push(request.path);
          openNext();
      }
    };
    const requests = client.shell.requests.subscribe(undefined, { onData: show });
    const unfollow = files.subscribe(openNext);
    return () => {
      requests.unsubscribe();
      unfollow();
    };
  }, [client, files, navigate]);
}
