type Rewrite = { readonly by: string; readonly args: readonly string[] }

/**
 * The first words of command lines of earlier versions, each with the words that replace them. The longest match
 * applies.
 */
const FORMER: ReadonlyMap<string, string> = new Map([
  ['cases', 'status all'],
  ['intake', 'open waiting'],
  ['intake list', 'open waiting'],
  ['intake open', 'open waiting'],
  ['intake aside', 'open no'],
  ['mail', 'read mails'],
  ['mail show', 'read mails'],
  ['log', 'audit'],
  ['slack manifest', 'init slack'],
  ['discord invite', 'init discord'],
  ['discord doctor', 'doctor discord'],
])

/** Rewrites a command line of an earlier version to the current words. */
export function rewritten(args: readonly string[]): Rewrite | undefined {
  const [first, second, third, fourth, ...more] = args
  if (first === 'case' && second !== undefined && !second.startsWith('-')) return { by: second, args: args.slice(1) }
  if (first === 'policy' && second === 'explain' && third !== undefined)
    return { by: '<case> status why', args: [third, 'status', 'why', ...args.slice(3)] }
  if (first === 'people' && second === 'unlink' && third !== undefined && fourth !== undefined)
    return { by: 'link remove <platform> <person>', args: ['link', 'remove', fourth, third, ...more] }
  if (first === 'report' && isOfFigures(args)) return { by: 'stats', args: ['stats', ...args.slice(1)] }
  if (first === 'cases' && args.includes('--mine'))
    return { by: 'status mine', args: ['status', 'mine', ...args.slice(1).filter((arg) => arg !== '--mine')] }
  for (const count of [2, 1]) {
    const by = FORMER.get(args.slice(0, count).join(' '))
    if (by !== undefined) return { by, args: [...by.split(' '), ...args.slice(count)] }
  }
  return undefined
}

/**
 * Whether the arguments of `report` ask for statistics, which `report` also printed in earlier versions. The options
 * for statistics were `--to`, `--json`, and `--from` with a day instead of an address.
 */
const isOfFigures = (args: readonly string[]): boolean =>
  args.includes('--to') ||
  args.includes('--json') ||
  args.some((arg, at) => /^--from=\d{4}-/.test(arg) || (arg === '--from' && /^\d{4}-/.test(args[at + 1] ?? '')))
