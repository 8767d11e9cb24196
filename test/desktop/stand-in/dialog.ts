import type {
  Dialog,
  MessageBoxOptions,
  MessageBoxReturnValue,
  MessageBoxSyncOptions,
  OpenDialogReturnValue,
  SaveDialogReturnValue,
} from 'electron';
import { note } from './asked.ts';

/** What a person chooses next in each kind of dialog; without one, a message is dismissed with its `cancelId` and no file is chosen. */
export const choices: { messages: number[]; opened: string[][]; saved: string[] } = {
  messages: [],
  opened: [],
  saved: [],
};

/** Electron takes the window as a first argument that may be left out. */
const optionsOf = (args: readonly unknown[]): unknown => args.at(-1);

function chosenButton(args: readonly unknown[]): number {
  const { cancelId = 0, buttons = ['OK'] } = optionsOf(args) as MessageBoxOptions | MessageBoxSyncOptions;
  const chosen = choices.messages.shift() ?? cancelId;
  if (chosen >= Math.max(1, buttons.length)) throw new Error(`There is no button ${chosen} in this message.`);
  return chosen;
}

export const dialog = {
  showErrorBox: (title, content) => note('dialog.showErrorBox', title, content),
  showMessageBox: (...args: unknown[]): Promise<MessageBoxReturnValue> => {
    note('dialog.showMessageBox', optionsOf(args));
    return Promise.resolve({ response: chosenButton(args), checkboxChecked: false });
  },
  showMessageBoxSync: (...args: unknown[]): number => {
    note('dialog.showMessageBoxSync', optionsOf(args));
    return chosenButton(args);
  },
  showOpenDialog: (...args: unknown[]): Promise<OpenDialogReturnValue> => {
    note('dialog.showOpenDialog', optionsOf(args));
    const filePaths = choices.opened.shift() ?? [];
    return Promise.resolve({ canceled: filePaths.length === 0, filePaths });
  },
  showSaveDialog: (...args: unknown[]): Promise<SaveDialogReturnValue> => {
    note('dialog.showSaveDialog', optionsOf(args));
    const filePath = choices.saved.shift() ?? '';
    return Promise.resolve({ canceled: filePath === '', filePath });
  },
} satisfies Partial<Dialog>;
