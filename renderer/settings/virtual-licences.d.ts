/** Made by build/licences.ts from what is installed. */
declare module 'virtual:licences' {
  export const licences: readonly { name: string; version: string; licence: string; text: string }[];
}
