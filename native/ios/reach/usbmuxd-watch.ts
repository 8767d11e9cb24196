import { mostPhones } from '../../phone.ts';
import { listenToUsbmuxd, type PluggedIphone, type UsbmuxdAddress, type UsbmuxdError } from './usbmuxd.ts';

const retryMs = 1000;

export interface UsbmuxdWatchEvents {
  plugged: (phone: PluggedIphone) => void;
  unplugged: (udid: string) => void;
  paired: (udid: string) => void;
  /** usbmuxd answers (null), or cannot be reached: every phone was reported as unplugged before. */
  reachable: (error: UsbmuxdError | null) => void;
}

/** Follows plugging, unplugging and pairing, through restarts of usbmuxd, until {@link stop}. */
export class UsbmuxdWatch {
  readonly #address: UsbmuxdAddress;
  readonly #events: UsbmuxdWatchEvents;
  readonly #udids = new Map<number, string>();
  #stopListening: () => void = () => {};
  #retry: NodeJS.Timeout | undefined;

  constructor(address: UsbmuxdAddress, events: UsbmuxdWatchEvents) {
    this.#address = address;
    this.#events = events;
    this.#listen();
  }

  stop(): void {
    clearTimeout(this.#retry);
    this.#stopListening();
  }

  #listen(): void {
    this.#stopListening = listenToUsbmuxd(this.#address, {
      listening: () => this.#events.reachable(null),
      plugged: (phone) => {
        if (this.#udids.size >= mostPhones) return;
        this.#udids.set(phone.deviceId, phone.udid);
        this.#events.plugged(phone);
      },
      unplugged: (deviceId) => {
        const udid = this.#udids.get(deviceId);
        this.#udids.delete(deviceId);
        if (udid !== undefined) this.#events.unplugged(udid);
      },
      paired: (deviceId) => {
        const udid = this.#udids.get(deviceId);
        if (udid !== undefined) this.#events.paired(udid);
      },
      closed: (error) => {
        for (const udid of this.#udids.values()) this.#events.unplugged(udid);
        this.#udids.clear();
        this.#events.reachable(error);
        this.#retry = setTimeout(() => this.#listen(), retryMs);
      },
    });
  }
}
