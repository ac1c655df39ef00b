import type { StreamId } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { skipDamaged } from '../shared/damage.ts'
import { rowsOf } from './case-rows.ts'
import type { CaseRow } from '../ports/event-store.ts'
import type { RebuildReport } from '../ports/read-models.ts'

type Heads = ReadonlyMap<StreamId, number>

/**
 * The row that was computed for a stream, and the versions of the streams from which it was computed. `row` is
 * undefined if the stream has no row.
 */
type ComputedRow = { readonly row: CaseRow | undefined; readonly versions: Heads }

/** Writes every row of the read models again from the log, and removes all other rows. Reports what changed. */
export async function rebuildReadModels({ deps }: RunningEngine): Promise<RebuildReport> {
  deps.states.forgetAll()
  const computed = new Map<StreamId, ComputedRow>()
  const compute = async (stream: StreamId): Promise<ComputedRow> => {
    const loaded = await skipDamaged(() => deps.loadWorld(stream))
    // If a case cannot be read, its row cannot be computed, so the stored row is kept.
    if (loaded === undefined) return keepRow(stream)
    const row = rowsOf(deps, loaded).find((each) => each.stream === stream)
    const entry = { row, versions: new Map([...loaded].map(([each, { version }]) => [each, version])) }
    computed.set(stream, entry)
    return entry
  }
  const keepRow = async (stream: StreamId): Promise<ComputedRow> => {
    const entry = { row: await skipDamaged(() => deps.readModels.row(stream)), versions: new Map() }
    computed.set(stream, entry)
    return entry
  }
  // Does most of the work before commits have to wait. Streams that change during this work are computed again.
  for await (const stream of deps.events.streams()) await compute(stream)
  return deps.readModels.rebuild(async (heads) => {
    const rows: CaseRow[] = []
    for (const stream of heads.keys()) {
      const known = computed.get(stream)
      const entry = known !== undefined && covers(known, heads) ? known : await compute(stream)
      if (!covers(entry, heads)) return undefined
      if (entry.row !== undefined) rows.push(entry.row)
    }
    return rows
  })
}

const covers = ({ versions }: ComputedRow, heads: Heads): boolean =>
  [...versions].every(([stream, version]) => version >= (heads.get(stream) ?? 0))
