/** Made by reports.ts from the samples. */
declare module 'virtual:gallery-reports' {
  export const reports: readonly import('./reports.ts').SampleReport[];
}
