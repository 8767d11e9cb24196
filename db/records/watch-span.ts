/** For how many days an app is watched at most. */
export const mostWatchDays = 60;
