/** Controls but the tab and ends of lines, halves of a pair, and what no document may hold: no paper shows them, and XML and HTML forbid them. */
const unprintable =
  // oxlint-disable-next-line no-control-regex -- exactly these are kept out
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]|\p{Cs}/gu;

/** Text from anywhere as a document can hold it: what it cannot is seen to be there. */
export const printable = (text: string): string => text.replaceAll(unprintable, '\ufffd');

/** Its lines, however they end. */
export const linesOf = (text: string): string[] => printable(text).split(/\r\n|\r|\n/);
