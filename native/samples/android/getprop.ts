import { answerLines, type SampleAnswer } from './answer.ts';
import type { SampleState } from './state.ts';

/** `getprop [NAME [DEFAULT]]`: one value, or every property as `[name]: [value]`. */
export function getprop(state: SampleState, args: readonly string[]): SampleAnswer {
  const properties = propertiesOf(state);
  const [name, absent = ''] = args;
  if (name === undefined) {
    return answerLines(
      Object.entries(properties)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, value]) => `[${key}]: [${value}]`),
    );
  }
  return answerLines([properties[name] ?? absent]);
}

function propertiesOf(state: SampleState): Record<string, string> {
  const { build } = state;
  return {
    'dalvik.vm.heapsize': '512m',
    'gsm.operator.isroaming': 'false',
    'init.svc.adbd': 'running',
    'persist.sys.locale': 'en-GB',
    'persist.sys.timezone': state.clock.timeZone,
    'ro.boot.hardware': build.device,
    'ro.build.display.id': `${build.id}.${build.incremental}`,
    'ro.build.fingerprint': `${build.brand}/${build.product}/${build.device}:${build.release}/${build.id}/${build.incremental}:user/release-keys`,
    'ro.build.id': build.id,
    'ro.build.type': 'user',
    'ro.build.version.incremental': build.incremental,
    'ro.build.version.release': build.release,
    'ro.build.version.sdk': String(build.sdk),
    'ro.build.version.security_patch': build.securityPatch,
    'ro.crypto.state': 'encrypted',
    'ro.hardware': build.device,
    'ro.product.brand': build.brand,
    'ro.product.device': build.device,
    'ro.product.manufacturer': build.manufacturer,
    'ro.product.model': build.model,
    'ro.product.name': build.product,
    'ro.serialno': state.serial,
    'ro.zygote': 'zygote64',
    'sys.usb.state': 'mtp,adb',
    'vold.has_adoptable': '0',
    ...(state.starting ? {} : { 'sys.boot_completed': '1' }),
    ...build.properties,
  };
}
