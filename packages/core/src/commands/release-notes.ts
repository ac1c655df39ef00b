import { forEachCase, forOtherCases } from '../gates/for-each-case.ts'
import { notTheReporter } from '../gates/not-the-reporter.ts'
import { onTheCase } from '../gates/on-the-case.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { releasePlanned } from '../gates/release-planned.ts'
import { wording } from '../gates/wording.ts'
import { isCveKept } from '../state/release/text-freeze.ts'
import { releaseCases } from '../state/release/release-cases.ts'
import { nothingToDo } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * Gives the releaser the CVE ids for the release notes before the build starts. If an id is assigned later, it is
 * missing from the notes and appears only in the published records.
 */
export const releaseNotes = defineRequest({
  verb: 'release.notes',
  content: 'checked',
  gates: [
    publicationNotBegun,
    releasePlanned,
    forOtherCases(notTheReporter),
    forOtherCases(onTheCase),
    // The notes are public as soon as the release is built, before anybody approves the publication.
    ...forEachCase(wording),
  ],
  decide: (context) => {
    const { release } = context
    if (release === undefined) return nothingToDo('The case is in no release.')
    const cases = releaseCases(context).map((one) => {
      const { id, cve } = one
      const named = cve?.id === undefined || cve.test === true || isCveKept(one, release) ? {} : { cve: cve.id }
      return { case: id, ...named }
    })
    if (JSON.stringify(cases) === JSON.stringify(release.notes)) return nothingToDo('The notes have not changed.')
    return { ok: true, appends: [{ stream: release.id, events: [{ type: 'ReleaseNotesGiven', cases }] }] }
  },
  // No rule depends on the notes, so `packages/policy-check` needs no inputs.
  inputs: () => [],
})
