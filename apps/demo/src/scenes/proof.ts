import { operate } from 'embargo'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { PlayInProgress } from '../playing.ts'
import type { Scene } from './scene.ts'

const VerifyReport = z.object({
  streams: z.array(
    z.union([
      z.object({ stream: z.string(), ok: z.literal(true), events: z.number(), head: z.string() }),
      z.object({ stream: z.string(), ok: z.literal(false), version: z.number(), because: z.string() }),
    ]),
  ),
  whole: z.union([z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), because: z.string() })]),
})

/** The running program carries out `embargo audit verify` and `embargo audit rebuild`. */
export const proof: Scene = {
  title: 'What the log proves',
  at: '2026-06-17T09:05Z',
  play: async (playing) => {
    const { program, say } = playing
    say({ line: 'does', who: 'an operator', what: 'embargo audit verify' })
    const { streams, whole } = VerifyReport.parse(await operate(program, { operation: 'verify', input: {} }))
    if (!whole.ok) throw new Error(`The log as a whole is broken: ${whole.because}`)
    for (const one of streams) {
      if (!one.ok) throw new Error(`The chain of ${one.stream} is broken at ${one.version}: ${one.because}`)
      say({ line: 'proof', stream: one.stream, events: one.events, head: one.head })
    }
    const before = await rows(playing)
    say({ line: 'does', who: 'an operator', what: 'embargo audit rebuild' })
    await operate(program, { operation: 'rebuild', input: {} })
    if (!isDeepStrictEqual(await rows(playing), before))
      throw new Error('The list computed from the log differs from the one in use.')
    say({
      line: 'note',
      text: `The list of cases was rebuilt from the log and is unchanged: ${before.length} line${before.length === 1 ? '' : 's'}.`,
    })
  },
}

/** A play opens fewer cases than this. */
const MAX = 10

const rows = async ({ program }: PlayInProgress) => (await program.store.readModels.cases({ limit: MAX })).rows
