import type { StreamId } from '@embargo/core'
import { isDamaged } from '../shared/damage.ts'
import type { Deps } from '../deps.ts'
import { rowsOf } from './case-rows.ts'
import type { CaseRow } from '../ports/event-store.ts'
import type { Page, ReadModels } from '../ports/read-models.ts'

type RepairDeps = Pick<Deps, 'policy' | 'domain' | 'keys' | 'loadWorld' | 'log'>

/** The read models, in which unreadable rows are computed again from the log. The log is authoritative. */
export function withRepair(readModels: ReadModels, deps: () => RepairDeps): ReadModels {
  const repair = async (stream: StreamId): Promise<CaseRow | undefined> => {
    const { log } = deps()
    try {
      const row = rowsOf(deps(), await deps().loadWorld(stream)).find((each) => each.stream === stream)
      if (row === undefined) return undefined
      await readModels.replace(row)
      log.error('the line of a case in the list of cases could not be read, and was computed again from the log', {
        stream,
      })
      return row
    } catch (error) {
      if (!isDamaged(error)) throw error
      log.error('a case cannot be read: somebody wrote into the database', { stream })
      return undefined
    }
  }
  return {
    ...readModels,
    async cases(query): Promise<Page> {
      const { rows, more, damaged = [] } = await readModels.cases(query)
      if (damaged.length === 0) return { rows, more }
      const again = (await Promise.all(damaged.map(repair))).filter((row) => row !== undefined)
      return { rows: [...rows, ...again].toSorted(byUrgency), more }
    },
  }
}

const byUrgency = (a: CaseRow, b: CaseRow): number => a.urgency - b.urgency || (a.stream < b.stream ? -1 : 1)
