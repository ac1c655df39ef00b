import type { RunningEngine } from './create-engine.ts'
import { rowsOf } from './plan-command.ts'

/** Writes every line of the read models anew from the log. Returns how many lines there are. */
export async function rebuildReadModels(engine: RunningEngine): Promise<number> {
  const { inside } = engine
  inside.states.forgetAll()
  let lines = 0
  for await (const stream of inside.events.streams()) {
    const loaded = await inside.loadWorld(stream)
    for (const row of rowsOf(inside, loaded)) {
      if (row.stream !== stream) continue
      await inside.readModels.replace(row)
      lines += 1
    }
  }
  return lines
}
