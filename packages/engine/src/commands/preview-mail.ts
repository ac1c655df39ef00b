import { mergeIdentities } from '@embargo/core'
import type { Command, Refusal } from '@embargo/core'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import type { Deps } from '../deps.ts'
import { othersWroteEncrypted, readerOf } from '../letters/encryption.ts'
import { materialOf } from '../letters/render-mail.ts'
import { renderLetter } from '../letters/render-letter.ts'
import { arrange } from '../projections/world.ts'
import { commandDigest } from './command-digest.ts'
import { plannedSize, sizeRefusal } from './mail-size.ts'
import type { PlannedSize } from './mail-size.ts'
import { planCommand } from './plan-command.ts'

/** What a person should know about the mails of a command before they are sent. */
export type MailPreview = {
  /** A mail of this command could be read in transit, although a report of the case came encrypted. */
  readonly isReadable: boolean
}

/** Plans a command that one person confirms, and renders its mails. Nothing is stored or sent. */
export async function previewMail(deps: Deps, command: Command): Promise<MailPreview | Refusal> {
  const { commit, after } = await planCommand(deps, { command, digest: commandDigest(command), extras: {} })
  if (!commit.answer.ok) return commit.answer.refusal
  const sizes: PlannedSize[] = []
  let isReadable = false
  const events = new Map(after.flatMap(({ recorded }) => recorded.map((one) => [one.eventId, one] as const)))
  for (const effect of commit.effects) {
    const recorded = events.get(effect.event)
    if (effect.kind !== 'send-mail' || recorded === undefined) continue
    const loaded = new Map(await deps.loadWorld(effect.case))
    for (const { stream, loaded: changed } of after) loaded.set(stream, changed)
    const world = mergeIdentities(deps.policy.policy, arrange(loaded, effect.case))
    const material = materialOf({ effect, recorded, world, now: commit.at, deps })
    try {
      const reader = await readerOf(deps.mailWriter, effect.letter, material)
      sizes.push(plannedSize(TITLE, await renderLetter(deps, effect.letter, material), reader))
      if (reader.is === 'clear' && othersWroteEncrypted(material)) isReadable = true
    } catch (error) {
      // A mail that cannot be rendered yet is no reason to refuse the preview: after the command, the mail waits, and
      // the case says why.
      if (!(error instanceof CannotPerform)) throw error
    }
  }
  return (
    (await sizeRefusal(deps, sizes, arrange(await deps.loadWorld(commit.answer.stream), commit.answer.stream))) ?? {
      isReadable,
    }
  )
}

const TITLE = 'the mail'
