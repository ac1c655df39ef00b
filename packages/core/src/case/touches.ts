import { implicitRelease, isCaseStream, isReleaseStream } from '../release/stream.ts'
import type { StreamId } from '../shared/ids.ts'
import type { Command } from './command.ts'
import type { World } from './decision.ts'
import { otherCases } from './other-cases.ts'

/** The streams that a command needs folded. Asked again with what was folded, until nothing is added. */
export function touches(command: Command, world: World): readonly StreamId[] {
  const { request } = command
  const stream: StreamId = 'stream' in request ? request.stream : request.case
  const cases = isCaseStream(stream) ? [stream] : (world.release?.cases ?? [])
  const releases = world.case?.release !== undefined ? [world.case.release] : []
  // A case that goes alone gets its release in the same command: its stream must be known to be new.
  const implicit =
    world.case !== undefined &&
    world.case.release === undefined &&
    (request.verb === 'approve' || request.verb === 'disclose')
      ? [implicitRelease(world.case.id, world.case.releasesSoFar + 1)]
      : []
  return [...new Set<StreamId>([stream, ...cases, ...releases, ...implicit, ...otherCases(request, world)])]
}

/** Puts folded states into the shape that `decide` reads: the command's case, its release, and the rest. */
export function worldOf(stream: StreamId, states: ReadonlyMap<StreamId, World['case'] | World['release']>): World {
  const all = [...states.entries()].flatMap(([id, state]) => (state === undefined ? [] : [[id, state] as const]))
  const others = new Map(all)
  const own = others.get(stream)
  const release =
    own?.kind === 'release'
      ? own
      : own?.kind === 'case' && own.release !== undefined
        ? others.get(own.release)
        : undefined
  const first = isReleaseStream(stream) && release?.kind === 'release' ? release.cases[0] : undefined
  const main = own?.kind === 'case' ? own : first === undefined ? undefined : others.get(first)
  return {
    ...(main?.kind === 'case' ? { case: main } : {}),
    ...(release?.kind === 'release' ? { release } : {}),
    others,
  }
}
