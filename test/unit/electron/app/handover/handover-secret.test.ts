import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HandoverSecret } from '../../../../../electron/app/handover/handover-secret.ts';
import { temporaryFolder } from '../../../db/examples.ts';

const modeOf = (file: string): number => statSync(file).mode & 0o777;

describe('the secret of the ticket system', () => {
  test('lies in a file that only its owner may open', () => {
    const folder = join(temporaryFolder(), 'data');
    const secret = new HandoverSecret(folder);
    expect(secret.read()).toBeNull();
    secret.keep(' s3cret-of-the-shop\n');
    expect(secret.read()).toBe('s3cret-of-the-shop');
    expect(readdirSync(folder)).toEqual(['handover-secret']);
    expect(modeOf(join(folder, 'handover-secret'))).toBe(0o600);
    secret.keep('another-secret');
    expect(secret.read()).toBe('another-secret');
    secret.remove();
    expect(secret.isThere).toBe(false);
  });

  test('takes the permissions of others away, whoever gave them', () => {
    const folder = temporaryFolder();
    const secret = new HandoverSecret(folder);
    secret.keep('s3cret-of-the-shop');
    chmodSync(join(folder, 'handover-secret'), 0o644);
    secret.read();
    expect(modeOf(join(folder, 'handover-secret'))).toBe(0o600);
  });

  test.each(['short', 'with a space in it', 'with\nlines-of-more', 'ümlauts-in-it', ''])('is not %j', (text) => {
    expect(() => new HandoverSecret(temporaryFolder()).keep(text)).toThrow('at least 8 letters');
  });
});
