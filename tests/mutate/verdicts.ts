import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { Mutant } from './mutants.ts'

export type Verdict =
  | { readonly is: 'lives' }
  /** By which test file; empty where it did not come to an end. */
  | { readonly is: 'killed'; readonly by: string }

export type Verdicts = {
  of(mutant: Mutant): Verdict | undefined
  keep(mutant: Mutant, verdict: Verdict): void
}

/** What came of mutants before, by the whole text of the broken source: where that changed, it is another mutant. */
export function verdicts(file: string | undefined): Verdicts {
  const known = new Map<string, Verdict>()
  const lines = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  for (const line of lines) {
    if (line === '') continue
    const { mutant, verdict } = JSON.parse(line) as { readonly mutant: string; readonly verdict: Verdict }
    known.set(mutant, verdict)
  }
  return {
    of: (mutant) => known.get(nameOf(mutant)),
    keep(mutant, verdict) {
      known.set(nameOf(mutant), verdict)
      if (file === undefined) return
      const what = `${mutant.path}:${mutant.line}  ${mutant.change}`
      appendFileSync(file, `${JSON.stringify({ mutant: nameOf(mutant), what, verdict })}\n`)
    },
  }
}

const nameOf = ({ path, text }: Mutant): string => createHash('sha256').update(`${path}\n${text}`).digest('hex')
