/** Made by reports.ts from the samples, whose `SampleReport` they are: a module that is nowhere cannot name the file of a type. */
declare module 'virtual:gallery-reports' {
  export const reports: unknown;
}
