import { Unavailable } from '../../../unavailable.ts';
import { modelName } from '../model-names.ts';
import { plistProbe } from '../probe-of.ts';

/** lockdownd's global values; names since iOS 1, read from an answer of iOS 11.4. */
export const identity = plistProbe({
  id: 'identity',
  asked: 'identity',
  gives: { identity: ['serial', 'manufacturer', 'model', 'name', 'osVersion', 'build', 'skin'] },
  command: () => ['lockdown', 'get'],
  read(fields) {
    const productType = fields.text('ProductType');
    return {
      identity: {
        serial: fields.text('SerialNumber'),
        manufacturer: 'Apple',
        model: productType instanceof Unavailable ? productType : modelName(productType),
        name: fields.text('DeviceName'),
        osVersion: fields.text('ProductVersion'),
        build: fields.text('BuildVersion'),
        skin: 'ios',
      },
    };
  },
});
