import type { PersonRequest } from '../vocabulary/command.ts'
import { embargoExited } from '../gates/embargo-exited.ts'
import { validityOnceDecided } from './cve.ts'
import { onCase, senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'

type Of<V extends PersonRequest['verb']> = Handler<Extract<PersonRequest, { verb: V }>>

/** Records that somebody opened a draft at an outside service, which shows it to nobody else yet. */
export const advisoryOpened: Of<'done.advisory-opened'> = {
  gates: [validityOnceDecided],
  decide: (context) => {
    const { state, request } = context
    if (state.advisoryLink?.published !== undefined) return onCase(context, [], 'The advisory is public already.')
    if (state.advisoryLink?.opened?.link === request.link) return onCase(context, [], 'This is recorded already.')
    return onCase(context, [{ type: 'AdvisoryOpened', link: request.link }])
  },
}

/**
 * Records that the outside service has published it. As for a CVE record, a publication must come first, ours or
 * somebody else's.
 */
export const advisoryPublished: Of<'done.advisory-published'> = {
  gates: [validityOnceDecided, embargoExited],
  decide: (context) => {
    const { state, request } = context
    if (state.advisoryLink?.published?.link === request.link) return onCase(context, [], 'This is recorded already.')
    if (state.cs.public === undefined) {
      return senseless(
        'Nothing of this is public yet, and an advisory that anybody can read would make it so.',
        you('publish first; if the advisory is out already, say that it is public', 'signal.public'),
      )
    }
    return onCase(context, [{ type: 'AdvisoryPublished', link: request.link }])
  },
}
