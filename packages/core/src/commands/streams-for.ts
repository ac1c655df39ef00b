import { heldReleases } from '../state/release/holders.ts'
import { freeRelease, implicitRelease, isReleaseStream } from '../vocabulary/stream.ts'
import { PEOPLE } from '../shared/ids.ts'
import type { ReleaseId, StreamId } from '../shared/ids.ts'
import type { Command, Request } from '../vocabulary/command.ts'
import type { State, World } from '../vocabulary/decision.ts'
import { reportMoves } from '../effects/report-moves.ts'
import { otherCases } from './other-cases.ts'

/**
 * The streams that a command needs. The engine loads these streams and calls this function again with their states,
 * until the result contains no new stream.
 */
export function streamsFor(command: Command, world: World): readonly StreamId[] {
  const { request } = command
  const stream: StreamId = 'stream' in request ? request.stream : request.case
  const release = world.case?.release ?? (isReleaseStream(stream) ? stream : undefined)
  return [
    ...new Set<StreamId>([
      stream,
      ...(release === undefined ? [] : [release]),
      // The releases whose recipients have patches of this case. They are named here so that their other cases are
      // loaded too: a recipient who is suspected in one of those cases stays suspended in the release.
      ...(world.case === undefined ? [] : heldReleases(world.case)),
      ...(BRINGS_PEOPLE.has(request.verb) ? [PEOPLE] : []),
      ...named(request, world),
      ...otherCases(request, world),
    ]),
  ]
    .flatMap((one) => [one, ...casesIn(world, one), ...releasesOf(world, one)])
    .filter(once)
}

/** Commands that add people to a case. They need the people's stream, which records whether those people are away. */
const BRINGS_PEOPLE: ReadonlySet<Request['verb']> = new Set<Request['verb']>([
  'open-case',
  'open',
  'open.report',
  'triage.duplicate',
  'reopen',
  'people.invite',
  'people.consent',
  'people.not-reporter',
])

const once = <T>(one: T, at: number, all: readonly T[]): boolean => all.indexOf(one) === at

/**
 * The cases of a release. All of them are loaded, because a command about one case may depend on the others. Also, a
 * command that changes the release must update the row of each case in the list of cases: the row shows the release's
 * state.
 */
function casesIn(world: World, stream: StreamId): readonly StreamId[] {
  const state = world.release?.id === stream ? world.release : world.others.get(stream)
  return state?.kind === 'release' ? state.cases : []
}

/**
 * The releases that a loaded case needs. One is the case's own release, whose state is shown in the case's row in the
 * list of cases. The others are the releases whose recipients have the case's patches: these recipients are told what
 * happens to the case.
 */
function releasesOf(world: World, stream: StreamId): readonly StreamId[] {
  const state = world.others.get(stream)
  return state?.kind === 'case' ? [...(state.release === undefined ? [] : [state.release]), ...heldReleases(state)] : []
}

/** The releases that a command names besides the release of its case. */
function named(request: Request, world: World): readonly StreamId[] {
  const { case: state } = world
  switch (request.verb) {
    case 'release.add':
      return [request.release]
    case 'record-bounce':
      return [request.of]
    case 'record-outcome':
      return 'to' in request.outcome ? reportMoves(world, request.stream, request.outcome.to).map(({ to }) => to) : []
    case 'settle':
      return state?.lastRelease === undefined ? [] : [state.lastRelease]
    case 'release.plan':
      // A release gets the first free id. Whether an id is free is known only after the streams of the ids before it
      // were loaded.
      return [...takenReleases(request, world), freeRelease(request.case, request.at, (id) => world.others.has(id))]
    case 'approve':
    case 'disclose':
      // A case that is published alone gets its release in the same command. The stream of this release is loaded to
      // make sure that it is new.
      return state === undefined || state.release !== undefined
        ? []
        : [implicitRelease(state.id, state.releasesSoFar + 1)]
    default:
      return []
  }
}

function takenReleases(request: Extract<Request, { verb: 'release.plan' }>, world: World): readonly ReleaseId[] {
  const taken: ReleaseId[] = []
  freeRelease(request.case, request.at, (id) => world.others.has(id) && taken.push(id) > 0)
  return taken
}

/**
 * Puts computed states into the form that `decide` reads: the command's case, the release of this case, and the other
 * streams.
 */
export function worldOf(stream: StreamId, states: ReadonlyMap<StreamId, State | undefined>): World {
  const others = new Map<StreamId, State>()
  for (const [id, state] of states) if (state !== undefined) others.set(id, state)
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
