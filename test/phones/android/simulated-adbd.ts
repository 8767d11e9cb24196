import { createServer, type AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { AdbConnection } from './adb-connection.ts';
import { askingModel } from './ask-model.ts';
import { NO_FAULTS, type PhoneFaults } from './faults.ts';
import { startModelSocket } from './model-socket.ts';
import { createPhoneFolder } from './phone-folder.ts';
import { PhoneLoad } from './phone-load.ts';

const CALM_TURNS = 10;

/** A phone on the wire: a real adb server reaches it with `adb connect ADDRESS`. */
export interface SimulatedPhone {
  readonly port: number;
  /** `127.0.0.1:PORT`, which is also its serial in the adb server. */
  readonly address: string;
  readonly model: SamplePhone;
  /** May be changed at any moment. */
  readonly faults: PhoneFaults;
  /** What it is busy with. */
  readonly load: PhoneLoad;
  /** The folder that stands for the phone's file system (`files/sdcard` is /sdcard). */
  readonly files: string;
  /** Resolves when nothing runs on the phone any more: then it is what it will be. */
  quiet(): Promise<void>;
  /** The owner presses "Allow" in the USB debugging dialog. */
  acceptDialog(): void;
  /** The owner takes the permission back: the connection drops, and the next one waits for the dialog. */
  lock(): void;
  /** The connection drops and no new one is accepted. */
  pullCable(): Promise<void>;
  /** After a pulled cable: the same phone under the same serial. */
  plugIn(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a phone's adbd on a free port of the loopback; its shell is mksh with toybox, its services are the model. */
export async function startSimulatedPhone(options: {
  phone: SamplePhone;
  faults?: Partial<PhoneFaults>;
  /** Where another phone was until now, so that it has that phone's serial; default: any free port. */
  port?: number;
  /** Called when the phone has gone off to restart: it comes back when it is plugged in. */
  onRestart?: (phone: SimulatedPhone) => void;
}): Promise<SimulatedPhone> {
  const { phone } = options;
  const faults: PhoneFaults = { ...structuredClone(NO_FAULTS), ...options.faults };
  const folder = await createPhoneFolder();
  const restart = async (): Promise<void> => {
    await pullCable();
    options.onRestart?.(simulated);
  };
  const load = new PhoneLoad();
  const ask = askingModel(phone, faults, load, () => void restart());
  const modelSocket = await startModelSocket(folder.socket, ask);
  const connections = new Set<AdbConnection>();
  const server = createServer({ noDelay: true }, (socket) => {
    const connection = new AdbConnection(socket, { model: phone, folder, faults, ask });
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const pullCable = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    for (const connection of connections) connection.drop();
    await closed;
  };
  const simulated: SimulatedPhone = {
    port,
    address: `127.0.0.1:${port}`,
    model: phone,
    faults,
    load,
    files: folder.files,
    quiet: async () => {
      // What was sent to the model by a program that has ended meanwhile is read within a few turns.
      for (let calm = 0; calm < CALM_TURNS; calm += 1) {
        await setImmediate();
        if (folder.running.size > 0 || modelSocket.asking > 0) calm = 0;
      }
    },
    acceptDialog: () => {
      faults.authorization = 'granted';
      for (const connection of connections) connection.dialogAccepted();
    },
    lock: () => {
      faults.authorization = 'dialog-open';
      for (const connection of connections) connection.drop();
    },
    pullCable,
    plugIn: () => listen(port),
    stop: async () => {
      if (server.listening) await pullCable();
      await modelSocket.stop();
      await folder.remove();
    },
  };
  return simulated;
}
