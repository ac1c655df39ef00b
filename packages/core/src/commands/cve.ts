import { embargoExited } from '../gates/embargo-exited.ts'
import { textsFrozen } from '../gates/texts-frozen.ts'
import { textsOnTheirWay } from '../state/release/frozen.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import type { Gate } from '../gates/gate.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { CveId } from '../shared/words.ts'

/**
 * The CVE id or the link to its record may come late, perhaps after the case is closed. So any case that was once found
 * valid may get them.
 */
export const validityOnceDecided: Gate = {
  id: 'validity-decided',
  check: (context) => (context.state.onceValid === true ? undefined : validityDecided.check(context)),
}

/** Records that somebody asked the CNA for an id. */
export const cveRequest = defineRequest({
  verb: 'cve.request',
  gates: [validityOnceDecided],
  decide: (context) => {
    const { state, request } = context
    if (state.cve?.id !== undefined) return nothingToDo(`It has ${state.cve.id} already.`)
    // The request is recorded first; its link may follow later.
    const isNew = request.link !== undefined && state.cve?.requestLink === undefined
    if (state.cve !== undefined && !isNew) return nothingToDo('It is requested already.')
    return onCase(context, [{ type: 'CveRequested', ...(request.link === undefined ? {} : { link: request.link }) }])
  },
  inputs: ({ id }) => [{ verb: 'cve.request', case: id }],
})

/** Records the id that the CNA assigned. An id that comes while approved texts are on their way changes none of them. */
export const cveSet = defineRequest({
  verb: 'cve.set',
  gates: [validityOnceDecided],
  decide: (context) => {
    const { state, request, release } = context
    if (state.cve?.id === request.cve) return nothingToDo(`It is ${request.cve} already.`)
    if (state.cve?.id !== undefined) {
      return senseless(
        `The case has ${state.cve.id}, and a vulnerability gets only one id.`,
        you('reject the wrong one first, with the reason', 'cve.reject'),
      )
    }
    const link = request.link === undefined ? {} : { link: request.link }
    if (!textsOnTheirWay(release)) return onCase(context, [{ type: 'CveAssigned', cve: request.cve, ...link }])
    const kept = state.cve === undefined ? 'unrequested' : 'requested'
    const note = 'The texts that were approved go out as they are. The id goes out with the records afterwards.'
    return onCase(context, [{ type: 'CveAssigned', cve: request.cve, ...link, kept }], note)
  },
  // Two ids, because rules ask both whether a case has an id and whether it is this one.
  inputs: ({ id }) =>
    ['CVE-1900-0001', 'CVE-1900-0002'].map((cve) => ({ verb: 'cve.set', case: id, cve: CveId.parse(cve) })),
})

/** Records that the CVE record is public. The record must not be the first publication (CVE rules). */
export const cvePublished = defineRequest({
  verb: 'cve.published',
  gates: [validityOnceDecided, embargoExited],
  decide: (context) => {
    const { state, request } = context
    const id = state.cve?.id
    if (id === undefined) return senseless('The case has no CVE id.', you('record the id first', 'cve.set'))
    if (state.cve?.publishedAt !== undefined) return nothingToDo(`The record of ${id} is published already.`)
    if (state.cs.public === undefined) {
      return senseless(
        'Nothing about this case is public yet, and a CVE record must not be the first publication.',
        you('publish first; if the record went out by mistake, say that the vulnerability is public', 'signal.public'),
      )
    }
    return onCase(context, [{ type: 'CvePublished', cve: id, link: request.link }])
  },
  inputs: ({ id }) => [{ verb: 'cve.published', case: id, link: 'https://example.org/record' }],
})

/** Records that the id is not used, or that none is assigned. */
export const cveReject = defineRequest({
  verb: 'cve.reject',
  gates: [validityOnceDecided, textsFrozen],
  decide: (context) => {
    const { state, request } = context
    if (state.cve === undefined && (state.publishedAt === undefined || state.withoutCve === true))
      return nothingToDo('The case has no CVE id, and none was requested.')
    const id = state.cve?.id
    return onCase(context, [{ type: 'CveRejected', reason: request.reason, ...(id === undefined ? {} : { cve: id }) }])
  },
  inputs: ({ id }) => [{ verb: 'cve.reject', case: id, reason: 'because' }],
})
