import { cruise } from 'dependency-cruiser'
import type { ICruiseResult, IModule } from 'dependency-cruiser'
import { cyclicImports } from './cyclic-imports.ts'
import { readUsingDeclarations } from './read-using.ts'
import { FORBIDDEN, OPTIONS, RESOLVING } from './rules.ts'

readUsingDeclarations()

/**
 * The rule against import cycles. It also counts imports of types alone, because files that import each other can only
 * be understood and changed together.
 */
const NO_CYCLE = 'no-cycle'

export const RULES: readonly string[] = [...FORBIDDEN.map(({ name }) => name), NO_CYCLE]

/**
 * The modules that dependency-cruiser finds under `baseDir`, with the rules of the repository.
 * @throws if it finds no modules, because a check of nothing must not pass
 */
export async function cruiseModules(baseDir: string, folders: readonly string[]): Promise<ICruiseResult> {
  const { output } = await cruise(
    [...folders],
    { ...OPTIONS, baseDir, validate: true, ruleSet: { forbidden: [...FORBIDDEN] } },
    RESOLVING,
  )
  if (typeof output === 'string') throw new Error('dependency-cruiser gave a text instead of its findings')
  if (ownModules(output).length === 0) throw new Error(`dependency-cruiser saw no modules under ${folders.join(', ')}`)
  return output
}

/** Our own modules, without libraries and the modules of Node. */
export const ownModules = (result: ICruiseResult): readonly IModule[] =>
  result.modules.filter(
    (module) =>
      /^(packages|apps|bench)\//.test(module.source) &&
      module.couldNotResolve !== true &&
      !module.source.endsWith('.d.ts'),
  )

/** One line for each broken rule: `rule: from → to`. */
export const violations = ({ modules, summary }: ICruiseResult): readonly string[] => [
  ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  ...cyclicImports(modules).map(({ from, to }) => `${NO_CYCLE}: ${from} → ${to}`),
]
