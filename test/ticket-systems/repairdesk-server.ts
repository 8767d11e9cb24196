import { UnclearServer, type Answer, type Asked, type UnclearServerOptions } from './unclear-server.ts';

interface RepairDeskTicket {
  summary: { id: string; order_id: string };
  devices: unknown[];
  notes: { id: number; note: string; type: number }[];
}

const refused = (status: number, message: string): Answer => ({
  status,
  json: { success: false, statusCode: status, message, data: [] },
});
const done = (data: unknown): Answer => ({
  status: 200,
  json: { success: true, statusCode: 200, message: 'OK', data },
});

/**
 * RepairDesk as its public API's page and the operations of https://api-docs.repairdesk.co describe the calls that are made: the key as
 * `api_key`, every answer with `success`, `statusCode`, `message` and `data`.
 */
export class RepairDeskServer {
  readonly server: UnclearServer;
  readonly tickets: RepairDeskTicket[] = [];
  readonly #key: string;

  constructor(key: string, options: Omit<UnclearServerOptions, 'handle'>) {
    this.#key = key;
    this.server = new UnclearServer({ ...options, handle: (asked) => this.#handle(asked) });
  }

  addTicket(orderId: string): RepairDeskTicket {
    const ticket = { summary: { id: String(50_000 + this.tickets.length), order_id: orderId }, devices: [], notes: [] };
    this.tickets.push(ticket);
    return ticket;
  }

  #handle({ method, url, body }: Asked): Answer {
    if (url.searchParams.get('api_key') !== this.#key) return refused(401, 'Invalid API key');
    const path = url.pathname.replace('/api/web/v1/', '');
    if (method === 'GET' && path === 'statuses') return done([{ name: 'Pending', color: '#fff', type: 'Open' }]);
    if (method === 'GET' && path === 'tickets') {
      const keyword = url.searchParams.get('keyword') ?? '';
      const found = this.tickets.filter(({ summary }) => summary.order_id.includes(keyword));
      return done({ ticketData: found.map(({ summary, devices }) => ({ summary, devices })), pagination: { page: 0 } });
    }
    if (method === 'GET') {
      const ticket = this.tickets.find(({ summary }) => path === `tickets/${summary.id}`);
      return ticket === undefined ? refused(404, 'No such ticket') : done(ticket);
    }
    if (path !== 'ticket/addnote') return refused(404, 'No such call');
    const { id, note, type } = JSON.parse(body) as { id: string; note: string; type: number };
    const ticket = this.tickets.find(({ summary }) => summary.id === id);
    if (ticket === undefined) return refused(404, 'No such ticket');
    ticket.notes.push({ id: ticket.notes.length + 1, note, type });
    return done({ id });
  }
}
