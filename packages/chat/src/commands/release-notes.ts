import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { typedAt } from '../usage.ts'
import { RELEASER } from './shared/roles.ts'

export const notes = defineCommand({
  verb: 'release.notes',
  summary: 'Give the releaser the CVE ids and the text for the release notes, before the build',
  about: 'case',
  allowed: RELEASER,
  options: {},
  run: async (call) => {
    const reply = await send(
      call,
      { verb: 'release.notes', case: call.case.id },
      `The ids are fixed. To see them: ${typedAt(call.invocation.place, 'release')}. An id that comes later is not added to the texts of this release. It is published later, with the records.`,
    )
    const written = call.engine.texts.releaseText(call.case.world, 'release-notes')
    if (!('card' in reply) || written?.ok !== true) return reply
    const bytes = new TextEncoder().encode(written.document)
    return { ...reply, files: [{ name: `${call.case.id}-release-notes.md`, bytes }] }
  },
})
