/** Prints the screen that is shown. What is handed to somebody is a report, and printed alone. */
export const printPage = (): void => globalThis.print();
