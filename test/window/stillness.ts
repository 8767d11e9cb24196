import type { Page } from 'playwright-core';

/** What a page has asked the program and has no answer to yet; what it is told of as long as it wants, as the list of phones, is not asked. */
const unanswered = new WeakMap<Page, Set<string>>();

const messagesIn = (payload: string | Buffer): { id?: unknown; method?: unknown }[] => {
  const text = payload.toString();
  // The program asks from time to time whether the page is there, in a word of its own.
  if (!/^[[{]/.test(text)) return [];
  const said = JSON.parse(text) as object;
  return Array.isArray(said) ? said : [said];
};

/** Listens to what a page asks from now on; before it is opened. */
export function listenToQuestions(page: Page): void {
  const open = new Set<string>();
  unanswered.set(page, open);
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      for (const { id, method } of messagesIn(payload)) {
        if (method === 'query' || method === 'mutation') open.add(String(id));
      }
    });
    socket.on('framereceived', ({ payload }) => {
      for (const { id } of messagesIn(payload)) open.delete(String(id));
    });
    socket.on('close', () => open.clear());
  });
}

/** What the window shows after two more frames. */
const shown = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    return document.querySelector('main')?.innerText ?? '';
  });

/** The screen is as it is when all that it has asked for is answered: nothing is open, and its text is the same in two looks at it. */
export async function still(page: Page): Promise<void> {
  const open = unanswered.get(page);
  if (open === undefined) throw new Error('Nobody listens to this page.');
  let before = '';
  for (;;) {
    const now = await shown(page);
    if (open.size === 0 && now === before && now !== '') return;
    before = now;
  }
}
