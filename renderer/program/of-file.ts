import type { ScanReport } from './received.ts';

/** Only a file has nobody behind it: of a phone on a cable the state of its moment is kept. */
export const isOfFile = ({ phone }: Pick<ScanReport, 'phone'>): boolean => phone.state === 'gone';
