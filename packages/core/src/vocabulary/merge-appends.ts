import type { Append } from './decision.ts'

/** One append a stream: a stream is appended to once in a commit. */
export function mergeAppends(appends: readonly Append[]): readonly Append[] {
  const streams = [...new Set(appends.map((append) => append.stream))]
  return streams.map((stream) => ({
    stream,
    events: appends.filter((append) => append.stream === stream).flatMap((append) => append.events),
  }))
}
