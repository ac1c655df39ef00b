import type { Outcome } from './matrix.ts'

const nameOf = ({ cell }: Outcome): string => cell.fault.name

/**
 * A table for each platform, with an effect in each row and a fault in each column. `·` means that nothing was lost and
 * nothing doubled.
 */
export function tableOf(outcomes: readonly Outcome[]): string {
  const platforms = [...new Set(outcomes.map(({ cell }) => cell.platform))]
  return platforms
    .map((platform) =>
      oneTable(
        platform,
        outcomes.filter(({ cell }) => cell.platform === platform),
      ),
    )
    .join('\n\n')
}

function oneTable(platform: string, outcomes: readonly Outcome[]): string {
  const faults = [...new Set(outcomes.map(nameOf))]
  const effects = [...new Set(outcomes.map(({ cell }) => cell.effect.name))]
  const head = [platform.padEnd(26), ...faults.map((fault) => fault.padStart(fault.length + 2))].join('')
  const rows = effects.map((effect) =>
    [
      effect.padEnd(26),
      ...faults.map((fault) => {
        const found = outcomes.find((one) => one.cell.effect.name === effect && nameOf(one) === fault)
        return markOf(found).padStart(fault.length + 2)
      }),
    ]
      .join('')
      .trimEnd(),
  )
  return [head, ...rows].join('\n')
}

function markOf(outcome: Outcome | undefined): string {
  if (outcome === undefined) return ''
  if (!outcome.met) return 'not met'
  const { lost, doubled } = outcome
  return lost.length + doubled.length === 0 ? '·' : `-${lost.length} +${doubled.length}`
}

export function sumOf(outcomes: readonly Outcome[]): string {
  const sum = (of: (one: Outcome) => number): number => outcomes.reduce((total, one) => total + of(one), 0)
  const unmet = outcomes.filter(({ met }) => !met).length
  return `${outcomes.length} plays: ${sum(({ lost }) => lost.length)} lost, ${sum(({ doubled }) => doubled.length)} doubled${unmet === 0 ? '' : `, ${unmet} where the fault was never met`}.`
}

export const isWhole = ({ lost, doubled, met }: Outcome): boolean => met && lost.length + doubled.length === 0

export function linesOf(outcome: Outcome): readonly string[] {
  const { cell, lost, doubled } = outcome
  if (isWhole(outcome)) return []
  return [
    `${cell.platform}: ${cell.effect.name}, ${cell.fault.name}`,
    ...lost.map((line) => `  lost: ${line}`),
    ...doubled.map((line) => `  too many: ${line}`),
  ]
}
