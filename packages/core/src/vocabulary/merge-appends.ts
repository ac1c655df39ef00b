import type { Append } from './decision.ts'

/** Joins all appends to the same stream into one, because a commit appends to each stream only once. */
export function mergeAppends(appends: readonly Append[]): readonly Append[] {
  const streams = [...new Set(appends.map((append) => append.stream))]
  return streams.map((stream) => ({
    stream,
    events: appends.filter((append) => append.stream === stream).flatMap((append) => append.events),
  }))
}
