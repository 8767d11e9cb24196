import { UnclearServer, type Answer, type Asked, type UnclearServerOptions } from './unclear-server.ts';

interface Comment {
  id: number;
  subject: string;
  body: string;
  hidden: boolean;
}

interface SyncroTicket {
  id: number;
  number: number;
  subject: string;
  status: string;
  comments: Comment[];
}

/** Syncro as its documentation (https://api-docs.syncromsp.com) describes the calls that are made: bearer key, 25 tickets a page. */
export class SyncroServer {
  readonly server: UnclearServer;
  readonly tickets: SyncroTicket[] = [];
  readonly #key: string;

  constructor(key: string, options: Omit<UnclearServerOptions, 'handle'>) {
    this.#key = key;
    this.server = new UnclearServer({ ...options, handle: (asked) => this.#handle(asked) });
  }

  addTicket(number: number): SyncroTicket {
    const ticket = { id: 9000 + this.tickets.length, number, subject: 'Photos', status: 'New', comments: [] };
    this.tickets.push(ticket);
    return ticket;
  }

  #handle({ method, url, headers, body }: Asked): Answer {
    if (headers.authorization !== `Bearer ${this.#key}`) return { status: 401, json: { error: 'Not authorized' } };
    const [, id, action] = /^\/api\/v1\/tickets(?:\/(\d+))?(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    if (method === 'GET' && id === undefined) {
      const number = url.searchParams.get('number');
      const tickets = this.tickets.filter((one) => number === null || String(one.number) === number).slice(0, 25);
      return { status: 200, json: { tickets, meta: { total_pages: 1, page: 1 } } };
    }
    const ticket = this.tickets.find((one) => String(one.id) === id);
    if (ticket === undefined) return { status: 404, json: { error: 'Not found' } };
    if (method === 'GET') return { status: 200, json: { ticket } };
    if (action !== 'comment') return { status: 404, json: { error: 'Not found' } };
    const given = JSON.parse(body) as Omit<Comment, 'id'>;
    const comment = { ...given, id: ticket.comments.length + 1 };
    ticket.comments.push(comment);
    return { status: 201, json: { comment } };
  }
}
