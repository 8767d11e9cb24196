import { Decrypter } from 'age-encryption';
import { expect, test } from 'vitest';
import { encrypted } from '../../../../../electron/app/reports/report-file.ts';

const file = { name: 'certificate-1.json', type: 'application/json', bytes: Buffer.from('{"schema":1}') };

const opened = (bytes: Uint8Array, passphrase: string): Promise<string> => {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  return decrypter.decrypt(bytes, 'text');
};

test('a file is opened with its passphrase, and with no other', async () => {
  const { name, bytes } = await encrypted(file, 'correct horse battery', 10);
  expect(name).toBe('certificate-1.json.age');
  expect(await opened(bytes, 'correct horse battery')).toBe('{"schema":1}');
  await expect(opened(bytes, 'correct horse batterz')).rejects.toThrow('no identity matched');
});

test('a passphrase that is empty or short is refused', async () => {
  for (const short of ['', '            ', '1234567']) {
    await expect(encrypted(file, short)).rejects.toMatchObject({ code: 'bad-passphrase' });
  }
});
