import { listAnd } from '@embargo/core'
import type { PersonRequest } from '@embargo/core'
import { refusalNow, refuse, send } from '../../answers.ts'
import type { CaseInView, Setting } from '../../chat-command.ts'
import type { Reply } from '../../types.ts'
import { typedAt } from '../../usage.ts'

type DoneStep = Extract<PersonRequest, { verb: 'done.step' }>

/**
 * Records that the fixed versions are public. Everything else becomes public next, so Embargo first looks for each
 * version: in the place where a publication looks for it, and then at the person's link. If Embargo looks and finds a
 * version in neither place, nothing is recorded. If Embargo has no way to look, the person's word is enough.
 */
export async function fixedVersionsDone(
  setting: Setting & { readonly case: CaseInView },
  request: DoneStep,
): Promise<Reply> {
  const refused = refusalNow(setting, request)
  if (refused !== undefined) return refused
  const missing = await setting.engine.commands.missingVersions(request.case, request.link)
  if (missing === undefined)
    return send(
      setting,
      request,
      'Recorded on your word, because Embargo cannot check it: the fixed versions are public.',
    )
  const { versions, because } = missing
  if (versions.length === 0)
    return send(setting, request, 'Recorded: the fixed versions are public. Embargo has seen them.')
  const leaves = typedAt(setting.invocation.place, 'settle fixed-versions withdrawn <why>')
  return refuse(setting, {
    gate: 'makes-sense',
    because: [`Embargo has just looked, and this is not public yet: ${listAnd(versions)}.`, because ?? []]
      .flat()
      .join(' '),
    facts: {},
    liftedBy: [
      { who: 'you', how: 'wait until it is there, then record the link to the page of the version again' },
      { who: 'a team member', how: `skips the check and gives a reason: ${leaves}` },
    ],
  })
}
