import { embargoExited } from '../gates/embargo-exited.ts'
import { foreignLink } from '../gates/public-link.ts'
import { isPublished } from '../state/release/text-freeze.ts'
import { projectOf } from '../state/project.ts'
import { validityOnceDecided } from './cve.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/** Records that somebody opened a draft of the advisory at an external service. The draft is not public yet. */
export const doneAdvisoryOpened = defineRequest({
  verb: 'done.advisory-opened',
  gates: [validityOnceDecided],
  decide: (context) => {
    const { state, request } = context
    if (state.advisoryLink?.published !== undefined) return nothingToDo('The advisory is public already.')
    if (state.advisoryLink?.opened?.link === request.link) return nothingToDo('This is recorded already.')
    return onCase(context, [{ type: 'AdvisoryOpened', link: request.link }])
  },
  // No rule depends on the link, so `packages/policy-check` needs no inputs.
  inputs: () => [],
})

/**
 * Records that an external service, such as GitHub, has published the advisory. The advisory must not be the first
 * publication, because it would make the case public.
 */
export const doneAdvisoryPublished = defineRequest({
  verb: 'done.advisory-published',
  gates: [validityOnceDecided, embargoExited],
  decide: (context) => {
    const { state, request, release } = context
    if (state.advisoryLink?.published?.link === request.link) return nothingToDo('This is recorded already.')
    if (state.cs.public === undefined) {
      return senseless(
        'Nothing about this case is public yet, and an advisory that anybody can read would make it public.',
        you('publish first; if the advisory is out already, say that the vulnerability is public', 'signal.public'),
      )
    }
    const foreign = foreignLink(projectOf(context.policy, state), request.link, 'advisory')
    if (foreign !== undefined) return { ok: false, refusal: foreign }
    const late = isPublished(release) ? { late: true as const } : {}
    return onCase(context, [{ type: 'AdvisoryPublished', link: request.link, ...late }])
  },
  inputs: () => [],
})
