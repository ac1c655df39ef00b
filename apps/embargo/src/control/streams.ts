import type { StreamId } from '@embargo/core'
import type { ProgramParts } from '../program/program.ts'

export async function allStreams(store: ProgramParts['store']): Promise<readonly StreamId[]> {
  const streams: StreamId[] = []
  for await (const stream of store.events.streams()) streams.push(stream)
  return streams
}

/** The given stream and, if it is a case in a release, the stream of that release. */
export async function withRelease(engine: ProgramParts['engine'], stream: StreamId): Promise<readonly StreamId[]> {
  const world = await engine.queries.world(stream)
  return world?.release === undefined || world.release.id === stream ? [stream] : [stream, world.release.id]
}
