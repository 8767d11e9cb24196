/** In minutes. The phone's counters are read in slots of some hours; a test must fit well into them. */
export const longestTestMinutes = 120;
