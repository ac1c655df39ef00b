import { SignalKind } from '@embargo/core'
import type { PendingCommand, WorldRequest } from '@embargo/core'
import { CASE } from '../scenario.ts'
import { previewFor } from '../view.ts'
import type { View } from '../view.ts'
import type { InputsOf } from './inputs-by-verb.ts'

const LINK = 'https://example.org/seen'

const withPreview = <R extends PendingCommand>(view: View, bare: R): R => ({ ...bare, shown: previewFor(view, bare) })

export const WORLD: InputsOf<WorldRequest> = {
  'signal.public': (view) => [withPreview(view, { verb: 'signal.public', case: CASE, link: LINK })],
  'signal.exploit': (view) => [withPreview(view, { verb: 'signal.exploit', case: CASE, link: LINK })],
  'signal.attack': (view) => [withPreview(view, { verb: 'signal.attack', case: CASE })],
  'signal.leak': (view) => [withPreview(view, { verb: 'signal.leak', case: CASE, ...suspectOf(view) })],
  'signal.wrong': (view) =>
    SignalKind.options.map((what) =>
      withPreview(view, { verb: 'signal.wrong', case: CASE, what, reason: 'because' } as const),
    ),
  'embargo.keep': () => [{ verb: 'embargo.keep', case: CASE, reason: 'because' }],
  'disclose.interim': (view) => [withPreview(view, { verb: 'disclose.interim', case: CASE })],
  'done.deployed': ({ project }) =>
    project.branches.map(({ name }) => ({ verb: 'done.deployed', case: CASE, branch: name })),
}

/** The first recipient who was told, or would be; a leak through somebody else differs only in words. */
function suspectOf({ scenario, release }: View) {
  const [would] = scenario.policy.prenotification.lists.flatMap(({ id: list, recipients }) =>
    recipients.map(({ id: recipient }) => ({ list, recipient })),
  )
  const [told = would] = release?.prenotified ?? []
  return told === undefined
    ? {}
    : ({ suspect: { kind: 'recipient', list: told.list, recipient: told.recipient } } as const)
}
