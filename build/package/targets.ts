/** The systems that the program is packed for. Their names are Node's own: `process.platform` and `process.arch`. */
export interface Target {
  platform: 'linux' | 'darwin' | 'win32';
  arch: 'x64' | 'arm64';
}

export const targets: readonly Target[] = [
  { platform: 'linux', arch: 'x64' },
  { platform: 'darwin', arch: 'x64' },
  { platform: 'darwin', arch: 'arm64' },
  { platform: 'win32', arch: 'x64' },
];

export const targetName = ({ platform, arch }: Target): string => `${platform}-${arch}`;

/** What electron-builder calls these systems. */
const builderNames = { linux: 'linux', darwin: 'mac', win32: 'win' } as const;
export const builderName = ({ platform }: Target): 'linux' | 'mac' | 'win' => builderNames[platform];

/** Where electron-builder leaves the folder of a target, before it becomes an installer (its own names). */
export function unpackedFolder({ platform, arch }: Target): string {
  if (platform === 'darwin') return arch === 'x64' ? 'mac' : `mac-${arch}`;
  return `${builderNames[platform]}${arch === 'x64' ? '' : `-${arch}`}-unpacked`;
}
