import { unavailable } from '../../../unavailable.ts';
import { plistProbe } from '../probe-of.ts';

/**
 * MCInstall's GetCloudConfiguration, and CloudConfigurationDetails.plist of a backup, which is the same without the name
 * around it: whether an organisation supervises the phone.
 */
export const supervision = plistProbe({
  id: 'supervision',
  asked: 'scan',
  gives: { system: ['supervised', 'managed'] },
  command: () => ['configuration', 'get', 'GetCloudConfiguration'],
  read(fields) {
    const configuration = fields.has('CloudConfiguration') ? fields.inner('CloudConfiguration') : fields;
    const supervised = configuration.bool('IsSupervised');
    const unclear = unavailable('missing', 'The phone is not supervised; a profile may manage it all the same.');
    return { system: { supervised, managed: supervised === true ? true : unclear } };
  },
});
