/** An IMEI in a text that a scanner or a person typed, which may group its digits; null: there are not 15 digits. */
export function imeiIn(text: string): string | null {
  const [found] = /(?<!\d)\d(?:[ -]?\d){14}(?!\d)/.exec(text) ?? [];
  return found?.replaceAll(/\D/g, '') ?? null;
}

/** Whether the last of 15 digits is the check digit of the others (Luhn; 3GPP TS 23.003, annex B). */
export function isImei(digits: string): boolean {
  if (!/^\d{15}$/.test(digits)) return false;
  let sum = 0;
  for (const [index, digit] of digits.split('').entries()) {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
