import type { PhoneList, PhoneSource } from '../../../native/source.ts';

/** A source with one phone, which has another id in this program than on the cable: it shares its serial with others. */
export function renamedSource(source: PhoneSource, id: string, serial: string): PhoneSource {
  const openFiles = source.openFiles?.bind(source);
  const observeSwitches = source.observeSwitches?.bind(source);
  const removeTrust = source.removeTrust?.bind(source);
  const renamed = ({ phones, troubles }: PhoneList): PhoneList => ({
    phones: phones.filter((phone) => phone.id === serial).map((phone) => ({ ...phone, id })),
    troubles,
  });
  return {
    platform: source.platform,
    list: async (options) => renamed(await source.list({ ...options, only: serial })),
    watch: (onChange) => source.watch((list) => onChange(renamed(list))),
    capture: (_phoneId, options) => source.capture(serial, options),
    read: (capture) => source.read(capture),
    run: (_phoneId, argv, options) => source.run(serial, argv, options),
    ...(openFiles === undefined ? {} : { openFiles: (_phoneId, options) => openFiles(serial, options) }),
    ...(observeSwitches === undefined
      ? {}
      : { observeSwitches: (_phoneId, onSwitched) => observeSwitches(serial, onSwitched) }),
    ...(removeTrust === undefined ? {} : { removeTrust: () => removeTrust(serial) }),
    close: () => source.close(),
  };
}
