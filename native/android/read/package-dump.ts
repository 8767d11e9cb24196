/**
 * The form of `dumpsys package` (AOSP com.android.server.pm.Settings dumpPackagesLPr, dumpPackageLPr,
 * dumpSharedUsersLPr, dumpRuntimePermissionsLPr; 26, 28, 29, 30, 31, 33, 34, and real dumps of 8.1 to 17 preview):
 *
 *     Packages:
 *       Package [com.x] (2b23bf):
 *         appId=10204                        (userId= until 13)
 *         versionCode=15 minSdk=26 targetSdk=28
 *         requested permissions:
 *           android.permission.INTERNET
 *         install permissions:
 *           android.permission.INTERNET: granted=true
 *         User 0: ceDataInode=708886 installed=true … enabled=0 …
 *           lastDisabledCaller: com.y
 *           runtime permissions:
 *             android.permission.READ_MEDIA_IMAGES: granted=true, flags=[ USER_SET|USER_SENSITIVE_WHEN_GRANTED]
 *
 * Makers put pairs of their own into the `User N:` line, so pairs are read by name. The sections `Hidden system packages:`
 * (the version an update replaced) and `Queries:` repeat the same words about something else and are passed over.
 */
export interface PermissionState {
  granted: boolean;
  /** Known names, and the bare number that Android prints for a flag it has no name for. */
  flags: string[];
}

export interface UserBlock {
  /** The pairs of the `User N:` line and of the lines below it: `installed`, `enabled`, `suspendingPackage`, … */
  fields: Map<string, string>;
  /** null where the block has no list of runtime permissions: a package with a shared uid has it with the shared user. */
  permissions: Map<string, PermissionState> | null;
}

export interface PackageBlock {
  name: string;
  /** The `key=value` lines of the package itself; several pairs may share a line. */
  fields: Map<string, string>;
  requested: Set<string>;
  /** Whether the list of requested permissions was there: without it, nothing is known of a permission that is not printed. */
  requestedListed: boolean;
  /** Whether something follows it: the last block of a text that was cut lacks permissions. */
  ended: boolean;
  /** Whether the phone itself said that its answer is whole: then a list without lines is an empty one, and not one that was lost. */
  saidWhole: boolean;
  /** Whether every line of its lists of permissions was read: one that was not may be the one that is looked for. */
  listsReadable: boolean;
  /** Whether it says something twice that each package says once: the header of another package was lost within it. */
  mixed: boolean;
  install: Map<string, PermissionState>;
  users: Map<number, UserBlock>;
  /** Name of the shared user, as the `Shared users:` section calls it. */
  sharedUser: string | null;
}

export interface PackageDump {
  packages: Map<string, PackageBlock>;
  /** Shared users that a wanted package belongs to, by name; `requested` stays empty. */
  sharedUsers: Map<string, PackageBlock>;
  /** Whether there was a `Packages:` section at all, and whether something followed it: a dump that ends inside it was cut. */
  packagesSection: 'absent' | 'open' | 'closed';
  /** Whether the package `android` is listed, as in every dump of all packages. */
  holdsAndroid: boolean;
  /** What dumpsys said it does not find. */
  notFound: Set<string>;
  /** Lines inside wanted blocks that none of the known forms fits. */
  unknownLines: number;
}

const header = /^ {2}(Package|SharedUser) \[([^\]\n]*)\] \([0-9a-f]*\):?\s*$/;
const userHeader = /^ {4}User (\d{1,6}):(?: (.*))?$/;
// An app may ask for any words, such as `${applicationId}.permission.X`; a backslash is from a program that escaped `_` on the way.
const permissionLine = /^\s+([^\s\\:]+): granted=(true|false)(?:, flags=\[([^\]]*)\])?/;
/** `android.permission.X`, or `android.permission.X: restricted=true` (10 and later). */
const requestedLine = /^\s+([^\s\\:,]+)(?:[:,]\s*[\w=, ]*)?\s*$/;
/** Each section has a heading at the margin; anything else there is from whoever cut or pasted the text. */
const sectionHeading = /^[A-Z].{0,200}:\s*$/;
/** What a package says once, at four blanks. */
const saidOnce = /^ {4}(versionName|versionCode|appId|userId)=/;
/**
 * What Android prints of every package (26..36), but `dataDir` only of one whose file is there: of an archived app it prints `pkg=null`. A
 * block without one that others of the dump have lost its lines, or holds two packages.
 */
const ofEveryPackage = /^ {4}(pkg|codePath|versionCode|dataDir|timeStamp|pkgFlags)=/;
/** `pkg=Package{4b2ba63 com.x}` and `dataDir=/data/user/0/com.x` name the package again. */
const namedAgain = /^ {4}(?:pkg=Package\{[0-9a-f]+ |dataDir=\/data\/user(?:_de)?\/\d+\/)([^}\s/]+)\}?\s*$/;
const notFoundLine = /^\s*Unable to find package: (\S+)/;
const sharedUserField = /^SharedUserSetting\{\S* ?([^/}]*)/;

const libraryPaths = /^\S{1,250} overlay paths:\s*$/;

const indentOf = (line: string): number => line.length - line.trimStart().length;

function addPairs(fields: Map<string, string>, text: string): boolean {
  let found = false;
  for (const word of text.split(' ')) {
    const at = word.indexOf('=');
    if (at <= 0) continue;
    found = true;
    const key = word.slice(0, at);
    if (!fields.has(key)) fields.set(key, word.slice(at + 1));
  }
  return found;
}

/** Keys whose value is the rest of the line, blanks included. */
const wholeLine = /^\s+(versionName|lastUpdateTime|firstInstallTime|timeStamp|sharedUser|signatures)=(.*)$/;

function addField(fields: Map<string, string>, line: string): boolean {
  const [, key, value] = wholeLine.exec(line) ?? [];
  if (key !== undefined && value !== undefined) {
    if (!fields.has(key)) fields.set(key, value.trim());
    return true;
  }
  return addPairs(fields, line.trim());
}

function parsePermission(line: string): [string, PermissionState] | null {
  const [, name, granted, flags] = permissionLine.exec(line) ?? [];
  if (name === undefined) return null;
  const words = (flags ?? '').split(/[|\s]+/).filter((flag) => flag !== '');
  return [name, { granted: granted === 'true', flags: words }];
}

const newBlock = (name: string): PackageBlock => ({
  name,
  fields: new Map(),
  requested: new Set(),
  requestedListed: false,
  ended: true,
  saidWhole: false,
  listsReadable: true,
  mixed: false,
  install: new Map(),
  users: new Map(),
  sharedUser: null,
});

type Place = 'fields' | 'requested' | 'install' | 'runtime' | 'paths' | 'other';

/** Reads the lines of one block, from its header to the next. */
class BlockReader {
  readonly block: PackageBlock;
  unknownLines = 0;
  private place: Place = 'fields';
  /** How far the lines of the current list are indented beyond; a line further out ends it. */
  private listIndent = 4;
  private user: UserBlock | null = null;
  private readonly said = new Set<string>();

  constructor(name: string) {
    this.block = newBlock(name);
  }

  read(line: string): void {
    const indent = indentOf(line);
    if (indent === line.length) return;
    const [, userId, rest] = userHeader.exec(line) ?? [];
    if (userId !== undefined) {
      this.user = { fields: new Map(), permissions: null };
      addPairs(this.user.fields, rest ?? '');
      if (this.block.users.has(Number(userId))) this.block.mixed = true;
      this.block.users.set(Number(userId), this.user);
      this.place = 'fields';
      return;
    }
    const named = namedAgain.exec(line)?.[1];
    if (named !== undefined && named !== this.block.name) this.block.mixed = true;
    const once = saidOnce.exec(line)?.[1];
    if (once !== undefined) {
      if (this.said.has(once)) this.block.mixed = true;
      this.said.add(once);
    }
    if (this.place !== 'fields' && indent <= this.listIndent) this.place = 'fields';
    // What follows the paths of overlays belongs to the user again, however far the heading was indented.
    if (this.place === 'paths' && !line.trimStart().startsWith('/')) this.place = 'fields';
    if (this.place === 'fields') this.readField(line, indent);
    else this.readListed(line);
  }

  /** After a heading of paths at the margin. */
  openPaths(): void {
    this.place = 'paths';
    this.listIndent = 0;
  }

  private readField(line: string, indent: number): void {
    const text = line.trim();
    // `Packages` heads the members of a shared user; every other list is headed by words and a colon.
    if (text === 'Packages' || (text.endsWith(':') && !text.includes('='))) {
      // Until Android 11 at four blanks, although it belongs to the user; what suspended the app is a field like the others.
      if (text === 'Suspend params:') return;
      this.listIndent = indent;
      this.place = this.listNamed(text.slice(0, -1));
      return;
    }
    if (this.user !== null && indent > 4) {
      const colon = text.indexOf(': ');
      // `lastDisabledCaller: com.y`
      if (colon > 0 && !text.slice(0, colon).includes('=')) {
        this.user.fields.set(text.slice(0, colon), text.slice(colon + 2));
      } else if (!addField(this.user.fields, line)) this.unknownLines += 1;
      return;
    }
    if (!addField(this.block.fields, line)) this.unknownLines += 1;
    const shared = this.block.fields.get('sharedUser');
    if (shared !== undefined) this.block.sharedUser ??= sharedUserField.exec(shared)?.[1] ?? null;
  }

  private listNamed(name: string): Place {
    if (name === 'requested permissions') {
      this.block.requestedListed = true;
      return 'requested';
    }
    if (name.endsWith('overlay paths')) return 'paths';
    if (name === 'install permissions') return 'install';
    if (name !== 'runtime permissions') return 'other';
    if (this.user !== null) this.user.permissions ??= new Map();
    return 'runtime';
  }

  private readListed(line: string): void {
    if (this.place === 'requested') {
      const name = requestedLine.exec(line)?.[1];
      // What is given or refused stands in another list, whose heading was lost.
      if (name === undefined || parsePermission(line) !== null) this.unreadable();
      else this.block.requested.add(name);
      return;
    }
    if (this.place === 'other' || this.place === 'paths') return;
    const permission = parsePermission(line);
    if (permission === null) this.unreadable();
    else if (this.place === 'install') this.block.install.set(...permission);
    else this.user?.permissions?.set(...permission);
  }

  private unreadable(): void {
    this.unknownLines += 1;
    this.block.listsReadable = false;
  }
}

type Section = 'packages' | 'shared' | 'other';

/** Reads the blocks of the wanted packages, in one pass; total. */
export function parsePackageDump(text: string, wanted: ReadonlySet<string>): PackageDump {
  const dump: PackageDump = {
    packages: new Map(),
    sharedUsers: new Map(),
    packagesSection: 'absent',
    holdsAndroid: false,
    notFound: new Set(),
    unknownLines: 0,
  };
  const sharedWanted = new Set<string>();
  const form = new Set<string>();
  let section: Section = 'other';
  let reader: BlockReader | null = null;
  const finish = (): void => {
    if (reader === null) return;
    const { block } = reader;
    dump.unknownLines += reader.unknownLines;
    if (section === 'shared') dump.sharedUsers.set(block.name, block);
    else {
      dump.packages.set(block.name, block);
      if (block.sharedUser !== null) sharedWanted.add(block.sharedUser);
    }
    reader = null;
  };
  for (const line of text.split('\n')) {
    // Android 11 to 14 print this at the beginning of the line, in the middle of a package.
    if (libraryPaths.test(line)) {
      reader?.openPaths();
      continue;
    }
    if (/^\S/.test(line)) {
      const isHeading = sectionHeading.test(line);
      if (reader !== null && !isHeading) reader.block.ended = false;
      finish();
      if (section === 'packages' && isHeading) dump.packagesSection = 'closed';
      section = line === 'Packages:' ? 'packages' : line === 'Shared users:' ? 'shared' : 'other';
      if (section === 'packages') dump.packagesSection = 'open';
    }
    const missing = notFoundLine.exec(line)?.[1];
    if (missing !== undefined) dump.notFound.add(missing);
    if (section === 'other') continue;
    if (section === 'packages') {
      const field = ofEveryPackage.exec(line)?.[1];
      if (field !== undefined) form.add(field);
    }
    const [, kind, name] = header.exec(line) ?? [];
    if (name === undefined) {
      reader?.read(line);
      continue;
    }
    finish();
    if (kind === 'Package' && name === 'android') dump.holdsAndroid = true;
    const isWanted = kind === 'Package' ? section === 'packages' && wanted.has(name) : sharedWanted.has(name);
    if (isWanted) reader = new BlockReader(name);
  }
  if (reader !== null && section === 'packages') reader.block.ended = false;
  finish();
  for (const block of dump.packages.values()) {
    const isWithoutFile = block.fields.get('pkg') === 'null';
    const lacks = (field: string): boolean => !block.fields.has(field) && !(isWithoutFile && field === 'dataDir');
    if ([...form].some(lacks)) block.mixed = true;
  }
  return dump;
}
