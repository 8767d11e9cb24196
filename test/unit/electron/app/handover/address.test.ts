import { describe, expect, test } from 'vitest';
import { adbAddress } from '../../../../../native/android/reach/adb-address.ts';
import { send } from '../../../../../electron/app/handover/transport.ts';
import { isNearby, phonePorts, readAddress } from '../../../../../electron/app/handover/address.ts';

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
    'https://8.8.8.8/hook',
    'https://[2001:4860:4860::8888]/hook',
    'https://100.64.1.2/hook',
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
    ['https://example.org/hook?', 'The address ends with its path: nothing may follow with ? or #.'],
    ['https://example.org/hook#', 'The address ends with its path: nothing may follow with ? or #.'],
    ['ftp://example.org/', 'This is no address of a ticket system.'],
    ['file:///etc/passwd', 'This is no address of a ticket system.'],
    ['', 'This is no address of a ticket system.'],
    ['http://169.254.169.254/latest/meta-data', 'No ticket system has this address.'],
    ['https://169.254.169.254/', 'No ticket system has this address.'],
    ['https://0xa9fea9fe/', 'No ticket system has this address.'],
    ['https://[::ffff:169.254.169.254]/', 'No ticket system has this address.'],
    ['http://[fd00:ec2::254]/', 'No ticket system has this address.'],
    ['http://[fe80::1]/', 'No ticket system has this address.'],
    ['http://0.0.0.0:8080/', 'No ticket system has this address.'],
    ['http://[::]:8080/', 'No ticket system has this address.'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'No ticket system has this address.'],
    ['https://[2002:a9fe:a9fe::]/', 'No ticket system has this address.'],
    ['https://[::a9fe:a9fe]/', 'No ticket system has this address.'],
    ['https://[ff02::1]/', 'No ticket system has this address.'],
    ['https://239.1.2.3/', 'No ticket system has this address.'],
    ['https://255.255.255.255/', 'No ticket system has this address.'],
    ['https://100.100.100.200/', 'No ticket system has this address.'],
    ['https://Metadata.Google.Internal./', 'No ticket system has this address.'],
    ['http://127.0.0.1:5037/', 'The program that reaches the phones listens there.'],
    ['http://[::1]:27015/', 'The program that reaches the phones listens there.'],
    ['https://localhost:5037/', 'The program that reaches the phones listens there.'],
  ])('is not %s', (text, why) => {
    expect(() => readAddress(text)).toThrow(why);
  });

  test('leads to no port by which phones are reached here', () => {
    expect(phonePorts({})).toEqual([5037, 27_015]);
    expect(phonePorts({ ANDROID_ADB_SERVER_PORT: '5038', USBMUXD_SOCKET_ADDRESS: '/var/run/usbmuxd' })).toEqual([
      5037, 27_015, 5038,
    ]);
    expect(phonePorts({ ADB_SERVER_SOCKET: 'tcp:127.0.0.1:5039', USBMUXD_SOCKET_ADDRESS: '127.0.0.1:5040' })).toEqual([
      5037, 27_015, 5039, 5040,
    ]);
    expect(() => readAddress('http://127.0.0.1:5038', phonePorts({ ANDROID_ADB_SERVER_PORT: '5038' }))).toThrow(
      'The program that reaches the phones listens there.',
    );
  });

  test.each([
    [' 5038', 5038],
    ['0x13ae', 5038],
    ['', 5037],
  ])('a port of "%s" is the one that adb takes', (said, port) => {
    expect(adbAddress({ ANDROID_ADB_SERVER_PORT: said }).port).toBe(port);
    expect(phonePorts({ ANDROID_ADB_SERVER_PORT: said })).toContain(port);
  });

  test.each(['5038 ', '0', '65536', '5038x'])('a port of "%s" is none, as adb says', (said) => {
    expect(() => adbAddress({ ANDROID_ADB_SERVER_PORT: said })).toThrow('which is no port.');
    expect(phonePorts({ ANDROID_ADB_SERVER_PORT: said })).toEqual([5037, 27_015]);
  });

  test('nothing is sent to such a port, whatever was kept as the address', async () => {
    const asked: unknown[] = [];
    const url = new URL('http://127.0.0.1:5038/hook');
    const options = {
      limit: null,
      taken: phonePorts({ ANDROID_ADB_SERVER_PORT: ' 5038' }),
      fetch: (...what: unknown[]) => (asked.push(what), Promise.resolve(new Response(''))),
    };
    const sent = send({ method: 'POST', url, headers: {} }, new AbortController().signal, options);
    await expect(sent).rejects.toThrow('The program that reaches the phones listens there.');
    expect(asked).toEqual([]);
  });

  test('counts no number written otherwise as this network', () => {
    expect(new URL('http://0x08080808').hostname).toBe('8.8.8.8');
    expect(isNearby('8.8.8.8')).toBe(false);
    expect(isNearby(new URL('http://0x7f.1').hostname)).toBe(true);
  });
});
