import { TerminationReason } from '@embargo/core'
import type { EmbargoRequest } from '@embargo/core'
import { CASE } from '../scenario.ts'
import { requestableEnds } from '../state-key/embargo.ts'
import { previewFor } from '../view.ts'
import type { View } from '../view.ts'
import type { InputsOf } from './inputs-by-verb.ts'

/** The ends that are proposed here. */
export const endsOf = ({ scenario: { policy }, state, now }: View) => requestableEnds(policy, state, now)

export const EMBARGO: InputsOf<EmbargoRequest> = {
  'embargo.until': (view) => {
    const { within, beyond } = endsOf(view)
    return [within, beyond].map((end) => ({ verb: 'embargo.until', case: CASE, end }) as const)
  },
  'embargo.accept': () => [{ verb: 'embargo.accept', case: CASE }],
  'embargo.reject': () => [{ verb: 'embargo.reject', case: CASE, reason: 'because' }],
  'embargo.extend': (view) => {
    const bare = { verb: 'embargo.extend', case: CASE, end: endsOf(view).beyond, reason: 'because' } as const
    return [bare, { ...bare, shown: previewFor(view, bare) }]
  },
  'embargo.open': () => [{ verb: 'embargo.open', case: CASE }],
  'embargo.end': (view) =>
    TerminationReason.options.map((reason) => {
      const bare = { verb: 'embargo.end', case: CASE, reason, text: 'because' } as const
      return { ...bare, shown: previewFor(view, bare) }
    }),
}
