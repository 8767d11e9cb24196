import { expect, test } from 'vitest';
import { compileCondition } from '../../../../diagnosis/load/conditions.ts';

const saver = compileCondition('power.saverOn || (power.saverBeforePower && power.saverSticky && battery.powered)');

test('of an "or", only the part that holds decides', () => {
  const battery = { powered: true };
  expect(saver.decides({ battery, power: { saverOn: false, saverBeforePower: true, saverSticky: true } })).toEqual([
    'power.saverBeforePower',
    'power.saverSticky',
    'battery.powered',
  ]);
  expect(saver.decides({ battery, power: { saverOn: true, saverBeforePower: true, saverSticky: false } })).toEqual([
    'power.saverOn',
  ]);
});

test('a condition that does not hold, or that nobody knows, is decided by nothing', () => {
  expect(saver.decides({ battery: { powered: true }, power: { saverOn: false, saverBeforePower: false } })).toEqual([]);
  expect(saver.decides({ battery: {}, power: {} })).toEqual([]);
});

test('a choice is decided by the way that was taken; which phone it is comes last, and whether a value is there never', () => {
  const offline = compileCondition(
    'platform == "ios" ? !network.connected : (has(identity.sdk) && identity.sdk >= 28 && !network.validated)',
  );
  const network = { connected: false, validated: false };
  expect(offline.decides({ platform: 'ios', network, identity: {} })).toEqual(['network.connected']);
  expect(offline.decides({ platform: 'android', network, identity: { sdk: 34n } })).toEqual([
    'network.validated',
    'identity.sdk',
  ]);
});
