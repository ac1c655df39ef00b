import type { StreamId } from '@embargo/core'
import type { RunningEngine } from '../create-engine.ts'
import { unlessDamaged } from '../shared/damage.ts'
import { rowsOf } from '../commands/plan-command.ts'
import type { CaseRow } from '../ports/event-store.ts'
import type { Rebuilt } from '../ports/read-models.ts'

type Heads = ReadonlyMap<StreamId, number>

/** A line as it was reckoned, if the stream has one, and how far the streams were read that it rests on. */
type Reckoned = { readonly row: CaseRow | undefined; readonly rests: Heads }

/** Writes every line of the read models anew from the log, takes away all others, and says which were not as they ought. */
export async function rebuildReadModels({ inside }: RunningEngine): Promise<Rebuilt> {
  inside.states.forgetAll()
  const reckoned = new Map<StreamId, Reckoned>()
  const reckon = async (stream: StreamId): Promise<Reckoned> => {
    const loaded = await unlessDamaged(() => inside.loadWorld(stream))
    // Nobody can say what the line of a case is that cannot be read: it stays as it is.
    if (loaded === undefined) return stays(stream)
    const row = rowsOf(inside, loaded).find((each) => each.stream === stream)
    const line = { row, rests: new Map([...loaded].map(([each, { version }]) => [each, version])) }
    reckoned.set(stream, line)
    return line
  }
  const stays = async (stream: StreamId): Promise<Reckoned> => {
    const line = { row: await unlessDamaged(() => inside.readModels.row(stream)), rests: new Map() }
    reckoned.set(stream, line)
    return line
  }
  // Most of the work, before anybody has to wait. What moves on meanwhile is reckoned again.
  for await (const stream of inside.events.streams()) await reckon(stream)
  return inside.readModels.rebuild(async (heads) => {
    const rows: CaseRow[] = []
    for (const stream of heads.keys()) {
      const known = reckoned.get(stream)
      const line = known !== undefined && reaches(known, heads) ? known : await reckon(stream)
      if (!reaches(line, heads)) return undefined
      if (line.row !== undefined) rows.push(line.row)
    }
    return rows
  })
}

const reaches = ({ rests }: Reckoned, heads: Heads): boolean =>
  [...rests].every(([stream, version]) => version >= (heads.get(stream) ?? 0))
