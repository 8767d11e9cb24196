/** A picture as a `data:` address, put there by Vite. */
declare module '*.png?inline' {
  const address: string;
  export { address as default };
}
