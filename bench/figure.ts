import { cpus, totalmem } from 'node:os'

/** One measurement: the median of several runs. `beside` is a value from the same runs to compare it with. */
export type Figure = {
  readonly work: string
  readonly value: number
  readonly unit: string
  readonly runs: number
  readonly target?: string
  readonly met?: boolean
  readonly beside?: { readonly what: string; readonly value: number; readonly unit: string }
}

export type Bench = { readonly name: string; readonly measure: () => Promise<readonly Figure[]> }

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The value below which this share of the sorted values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

/**
 * Divides each of `values` by the value of `beside` from the same run. `share`: the median of these quotients. `shown`:
 * the median as text, followed by the smallest and the largest quotient in brackets.
 */
export function shareOf(
  values: readonly number[],
  beside: readonly number[],
): { readonly share: number; readonly shown: string } {
  const shares = values.map((value, run) => value / (beside[run] ?? Number.NaN))
  const share = median(shares)
  const [least, most] = [Math.min(...shares), Math.max(...shares)]
  return { share, shown: `${share.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})` }
}

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`

/** How many milliseconds the work took, on the monotonic clock. */
export async function timed(work: () => Promise<unknown> | void): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}
