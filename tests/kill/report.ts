import type { Kill } from './points.ts'
import type { RoundResult } from './rounds.ts'

export function lineOf({ round, point, kill, deaths, settled, violations, tookMs }: RoundResult): string {
  const died = deaths === 0 ? 'NEVER REACHED' : deaths === 1 ? 'died once' : `died ${deaths} times`
  const asked = settled.length === 0 ? '' : `, a person said ${settled.join(', ')}`
  const head = `${String(round).padStart(4)}  ${(tookMs / 1000).toFixed(1).padStart(5)} s  ${point} (${inWords(kill)}): ${died}${asked}`
  return [
    `${head}${violations.length === 0 ? '' : '  BROKEN'}`,
    ...violations.map(({ is, what }) => `        ${is}: ${what}`),
  ].join('\n')
}

function inWords(kill: Kill): string {
  if (kill.is === 'moment') return `after ${kill.afterMs} ms`
  return kill.is === 'point' ? `${kill.hook} #${kill.nth}` : `mail #${kill.nth}`
}

const COLUMNS = ['rounds', 'deaths', 'lost', 'doubled', 'wrong'] as const

/** A table with a row for each crash point: how often it was played, and which checks failed. */
export function tableOf(played: readonly RoundResult[]): string {
  const names = [...new Set(played.map(({ point }) => point))]
  const rows = names.map((name) =>
    row(
      name,
      played.filter(({ point }) => point === name),
    ),
  )
  const all = [row('point', undefined), ...rows, row('all', played)]
  return all.join('\n')
}

function row(name: string, played: readonly RoundResult[] | undefined): string {
  const count = (is: string): number =>
    (played ?? []).flatMap(({ violations }) => violations).filter((one) => one.is === is).length
  const cells =
    played === undefined
      ? COLUMNS
      : [
          played.length,
          played.reduce((sum, { deaths }) => sum + deaths, 0),
          count('lost'),
          count('doubled'),
          count('wrong'),
        ]
  return [name.padEnd(46), ...cells.map((cell) => String(cell).padStart(8))].join('')
}
