import type { Append } from './decision.ts'

/** Joins the appends of each stream, because a commit appends to each stream only once. */
export function mergeAppends(appends: readonly Append[]): readonly Append[] {
  const streams = [...new Set(appends.map((append) => append.stream))]
  return streams.map((stream) => ({
    stream,
    events: appends.filter((append) => append.stream === stream).flatMap((append) => append.events),
  }))
}
