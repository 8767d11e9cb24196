import { describe, expect, test } from 'vitest';
import { isNearby, readAddress } from '../../../../../electron/app/handover/address.ts';

describe('the address of a ticket system', () => {
  test.each([
    'https://tickets.example.org/phone-health',
    'https://shop.syncromsp.com',
    'http://127.0.0.1:8080/hook',
    'http://[::1]:8080',
    'http://localhost/hook',
    'http://192.168.1.20/hook',
    'http://10.1.2.3',
    'http://172.31.0.9',
    'http://[fd00::7]',
  ])('may be %s', (text) => {
    expect(readAddress(`${text}/`).href.replace(/\/$/, '')).toBe(text);
  });

  test.each([
    ['http://tickets.example.org/', 'What is sent there with http can be read on its way.'],
    ['http://8.8.8.8/', 'What is sent there with http can be read on its way.'],
    ['http://172.32.0.1/', 'What is sent there with http can be read on its way.'],
    ['http://192.168.1.20.example.org/', 'What is sent there with http can be read on its way.'],
    ['http://localhost.example.org/', 'What is sent there with http can be read on its way.'],
    ['https://sam:secret@example.org/', 'The secret does not belong into the address.'],
    ['https://example.org/hook?key=1', 'The address ends with its path: nothing may follow with ? or #.'],
    ['ftp://example.org/', 'This is no address of a ticket system.'],
    ['file:///etc/passwd', 'This is no address of a ticket system.'],
    ['', 'This is no address of a ticket system.'],
  ])('is not %s', (text, why) => {
    expect(() => readAddress(text)).toThrow(why);
  });

  test('counts no number written otherwise as this network', () => {
    expect(new URL('http://0x08080808').hostname).toBe('8.8.8.8');
    expect(isNearby('8.8.8.8')).toBe(false);
    expect(isNearby(new URL('http://0x7f.1').hostname)).toBe(true);
  });
});
