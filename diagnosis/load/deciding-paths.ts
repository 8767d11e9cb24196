/** A node of CEL's syntax tree. */
export interface Node {
  op: string;
  args: unknown;
}

/** What is asked about a part of a condition. */
export interface Part {
  holds: (node: Node) => boolean;
  /** The paths that it reads, in the order of the text. */
  reads: (node: Node) => readonly string[];
}

const isGuard = ({ op, args }: Node): boolean => op === 'call' && Array.isArray(args) && args[0] === 'has';

const isAside = (path: string): boolean => path.startsWith('identity.');

/**
 * The paths whose values make a condition true, the telling ones first: of an "or" the parts that hold, of a choice the way that was taken.
 * `node` holds. What a phone is (`identity`) only says which rule is meant, and comes last.
 */
export function decidingPaths(node: Node, part: Part): string[] {
  const paths = [...new Set(pathsOf(node, part))];
  return [...paths.filter((path) => !isAside(path)), ...paths.filter(isAside)];
}

function pathsOf(node: Node, part: Part): readonly string[] {
  const args = Array.isArray(node.args) ? (node.args as Node[]) : [];
  const [first, second, third] = args;
  if (node.op === '&&') return args.flatMap((one) => pathsOf(one, part));
  if (node.op === '||') return args.filter(part.holds).flatMap((one) => pathsOf(one, part));
  if (node.op === '?:' && first !== undefined && second !== undefined && third !== undefined) {
    return [...pathsOf(part.holds(first) ? second : third, part), ...part.reads(first)];
  }
  return isGuard(node) ? [] : part.reads(node);
}
