import { describe, expect, test } from 'vitest';
import { Shell, type ShellRequest, type ShellState } from '../../../../../electron/app/shell/shell.ts';

const state: ShellState = { autostart: { why: null }, tray: { why: null }, updates: { state: 'off' } };

describe('what a host has beside the window', () => {
  test('is nothing until it offers something, and then every change is told', () => {
    const shell = new Shell();
    const told: (ShellState | null)[] = [];
    const stop = shell.follow((now) => told.push(now));
    shell.change({ updates: { state: 'looking' } });
    shell.lookForUpdate();
    let looked = 0;
    shell.offer(state, { lookForUpdate: () => (looked += 1), installUpdate: () => undefined });
    shell.lookForUpdate();
    shell.change({ updates: { state: 'looking' } });
    stop();
    shell.change({ updates: { state: 'newest' } });
    expect(told).toEqual([null, state, { ...state, updates: { state: 'looking' } }]);
    expect(looked).toBe(1);
  });
});

describe('what the window is asked to show', () => {
  test('waits for the next window where none is there, the last twenty of it', () => {
    const shell = new Shell();
    for (let id = 1; id <= 25; id += 1) shell.ask({ type: 'snapshot', id: String(id) });
    const asked: ShellRequest[] = [];
    const leave = shell.attend((request) => asked.push(request));
    expect(asked).toHaveLength(20);
    expect(asked.at(-1)).toEqual({ type: 'snapshot', id: '25' });
    shell.ask({ type: 'screen', screen: 'bench' });
    expect(asked.at(-1)).toEqual({ type: 'screen', screen: 'bench' });
    leave();
    shell.ask({ type: 'phone', phoneId: 'A' });
    expect(asked).toHaveLength(21);
    const next: ShellRequest[] = [];
    shell.attend((request) => next.push(request));
    expect(next).toEqual([{ type: 'phone', phoneId: 'A' }]);
  });

  test('is asked of one window alone', () => {
    const shell = new Shell();
    const [first, second]: [ShellRequest[], ShellRequest[]] = [[], []];
    shell.attend((request) => first.push(request));
    shell.attend((request) => second.push(request));
    shell.ask({ type: 'screen', screen: 'bench' });
    expect([first.length, second.length]).toEqual([1, 0]);
  });
});
