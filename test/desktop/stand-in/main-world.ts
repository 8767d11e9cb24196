// The page's own world: what the preload script exposes appears here, as Electron's contextBridge has it. No other thing of the stand-in does.
type Called = { call: number; value?: unknown; error?: string };
type Made = (...args: unknown[]) => unknown;

const listeners = new Map<number, Made>();
let lastListener = 0;
let lastCall = 0;

const say = (name: string, detail: unknown): void => {
  document.dispatchEvent(new CustomEvent(`stand-in-${name}`, { detail }));
};

const isGiven = (value: unknown): value is { standInFunction: number } =>
  typeof value === 'object' && value !== null && 'standInFunction' in value;

/** A function of the preload script. */
const borrowed =
  (called: number): Made =>
  (...args) => {
    const given = args.map((arg) => {
      if (typeof arg !== 'function') return arg;
      lastListener += 1;
      listeners.set(lastListener, arg as Made);
      return { standInListener: lastListener };
    });
    lastCall += 1;
    const call = lastCall;
    let answer: Called = { call };
    // A listener that is called meanwhile may call something itself.
    const hear = (event: Event): void => {
      const { detail } = event as CustomEvent<Called>;
      if (detail.call === call) answer = detail;
    };
    document.addEventListener('stand-in-return', hear);
    say('call', { call, called, args: given });
    document.removeEventListener('stand-in-return', hear);
    if (answer.error !== undefined) throw new Error(answer.error);
    return isGiven(answer.value) ? borrowed(answer.value.standInFunction) : answer.value;
  };

document.addEventListener('stand-in-listen', (event) => {
  const { listener, values } = (event as CustomEvent<{ listener: number; values: unknown[] }>).detail;
  listeners.get(listener)?.(...values);
});

document.addEventListener('stand-in-expose', (event) => {
  const { name, shape } = (event as CustomEvent<{ name: string; shape: Record<string, unknown> }>).detail;
  const api = Object.fromEntries(
    Object.entries(shape).map(([key, value]) => [key, isGiven(value) ? borrowed(value.standInFunction) : value]),
  );
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value: Object.freeze(api) });
});
say('hello', null);
