import type { ListedPhone, Phone } from './received.ts';

/** A listed phone by the name that a scan has found on it, where the list has only its model: Samsung's properties tell a number, `SM-S911B`. */
export const namedPhone = (phone: ListedPhone, report: { phone: Pick<Phone, 'name'> } | null): ListedPhone =>
  phone.name !== null || report === null || report.phone.name === null ? phone : { ...phone, name: report.phone.name };
