import type { FuseV1Config, FuseV1Options } from '@electron/fuses';
import type { Target } from './targets.ts';

/** By the numbers of @electron/fuses: its names are an enum, which types that are taken out cannot hold. */
type FuseName = keyof typeof FuseV1Options;

/**
 * Every switch that is burnt into Electron's binary; none is left as Electron sets it. A fuse that a new version of @electron/fuses knows
 * does not compile until it is decided here.
 */
export const fuses = {
  // The binary is the program and nothing else: it runs no script of somebody else's.
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableCookieEncryption: true,
  // What ships is what runs: app.asar alone, as its hash within the binary says (macOS and Windows).
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  // No snapshot of the main process is made, so that none is looked for.
  LoadBrowserProcessSpecificV8Snapshot: false,
  // The window is served under its own scheme; file:// has no privilege.
  GrantFileProtocolExtraPrivileges: false,
  // Bounds of WebAssembly (Node's own HTTP parser) are kept by the processor, as in Chrome.
  WasmTrapHandlers: true,
} as const satisfies Record<FuseName, boolean>;

/** For flipFuses: fails where the binary has a fuse that is not named here. */
export async function fuseConfiguration(): Promise<FuseV1Config> {
  const { FuseV1Options: numbers, FuseVersion } = await import('@electron/fuses');
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    ...(Object.fromEntries(Object.entries(fuses).map(([name, on]) => [numbers[name as FuseName], on])) as Record<
      FuseV1Options,
      boolean
    >),
  };
}

/** What is burnt into a binary, by name; `null`: as Electron itself sets it. */
export async function fusesOf(binary: string): Promise<Record<string, boolean | null>> {
  const { FuseState, FuseV1Options: numbers, getCurrentFuseWire } = await import('@electron/fuses');
  const wire = await getCurrentFuseWire(binary);
  return Object.fromEntries(
    Object.entries(wire)
      .filter(([number]) => number !== 'version')
      .map(([number, state]) => [
        numbers[Number(number)] ?? `fuse ${number}`,
        state === FuseState.ENABLE ? true : state === FuseState.DISABLE ? false : null,
      ]),
  );
}

/** The fuses of a binary that are not as {@link fuses} says. */
export async function wrongFuses(binary: string): Promise<string[]> {
  const found = await fusesOf(binary);
  const names = new Set([...Object.keys(fuses), ...Object.keys(found)]);
  return [...names].filter((name) => found[name] !== (fuses as Record<string, boolean>)[name]);
}

/** Sets every fuse of a packed binary; a program for Macs with Apple's processors is signed anew for this computer by it. */
export async function burnFuses(binary: string, { platform, arch }: Target): Promise<void> {
  const { flipFuses } = await import('@electron/fuses');
  await flipFuses(binary, {
    ...(await fuseConfiguration()),
    resetAdHocDarwinSignature: platform === 'darwin' && arch === 'arm64' && process.platform === 'darwin',
  });
}
