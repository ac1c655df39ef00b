import { z } from 'zod'
import { Calendar, ReleaseWindow } from './calendar.ts'
import { changesOf } from './changes.ts'
import { Chat } from './chat.ts'
import { Clocks } from './clocks.ts'
import { Approvals, Embargo } from './embargo.ts'
import { Prenotification } from './lists.ts'
import { Waivers } from './permissions.ts'

/** The settings for a case, which a project may override. */
export const sections = {
  calendar: Calendar.describe('When people work.'),
  clocks: Clocks.describe('How long things may take.'),
  embargo: Embargo.describe('How long secrecy lasts.'),
  prenotification: Prenotification.describe('Who is told before the public, and when.'),
  releaseWindow: ReleaseWindow.describe('When releases come.'),
  approvals: Approvals.describe('How many people must agree to a command that cannot be undone.'),
  waivers: Waivers.describe('Who may ask to waive a rule. A waiver needs a reason and a second person.'),
  chat: Chat.describe(
    'How much of a case is shown in chat, and for how long. Keep in mind that other companies run the chat platforms.',
  ),
  plaintextToReporter: z
    .enum(['send', 'refuse'])
    .describe('Whether a mail with embargoed details is sent unencrypted if the reporter has no key.'),
  sign: z
    .enum(['encrypted', 'always'])
    .default('encrypted')
    .describe('Which mails the project signs with its OpenPGP key: those that it encrypts, or all.'),
  publicCommits: z
    .enum(['never', 'unmarked', 'open'])
    .describe(
      'Which commits of the fix may be public before the release: none, only commits that do not say what they fix, or all.',
    ),
}

const Sections = z.strictObject(sections)

export const ProjectOverrides = changesOf(
  Sections.omit({ prenotification: true }).extend({
    // A project cannot override the lists of recipients, because each list itself says which projects it concerns.
    prenotification: Prenotification.omit({ lists: true }).describe('When recipients are told.'),
  }),
)
export type ProjectOverrides = z.infer<typeof ProjectOverrides>
