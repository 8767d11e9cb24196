import { readFileSync } from 'node:fs';

const lookMs = 500;

/** The name of a process and its parent as Linux tells them (proc(5), stat: the second and the fourth field); elsewhere null. */
function processOf(pid) {
  try {
    const [, name, parent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return { name, parent };
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
    throw error;
  }
}

/** What started this process: the parent, and where that is the shell that npm starts a command through, npm. */
function starters() {
  const parent = processOf(process.ppid);
  return `${process.ppid} ${parent !== null && /^(?:ba|da)?sh$/.test(parent.name) ? parent.parent : ''}`;
}

/**
 * Ends this process, as SIGTERM does, when what started it is gone. A signal to npm ends its shell and reaches nobody else: the window
 * would be served on, and the adb server kept, with nobody there to end them.
 */
export function endWithStarters() {
  const before = starters();
  const timer = setInterval(() => {
    if (starters() === before) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, lookMs);
  timer.unref();
}
