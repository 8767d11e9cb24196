/** Whether a person has loaded this page anew: the program behind it goes on, and what is plugged in was there before. */
export const isReloaded = (): boolean =>
  performance
    .getEntriesByType('navigation')
    .some((entry) => entry instanceof PerformanceNavigationTiming && entry.type === 'reload');
