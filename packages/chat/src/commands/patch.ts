import { z } from 'zod'
import { BranchName, isPatch, PATCH_BYTES_MAX, reportOfMail } from '@embargo/core'
import type { Remediator } from '@embargo/core'
import { commandIdOf, refusalNow, refuse, send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { findPerson } from '../people/find-person.ts'
import { bytesInWords } from '../text/bytes.ts'
import { findMail } from './shared/find-mail.ts'
import { TEAM_OR_MAINTAINER } from './shared/roles.ts'

/**
 * A link is refused as a patch: people check and mail bytes with a known hash, but the content behind a link can
 * change.
 */
const ONLY_A_LINK = /^\s*https?:\/\/\S+\s*$/iu
const NO_PATCH =
  'this is not a patch; git format-patch and git diff make one, and "last" takes the one in the last mail'
const NOT_FETCHED =
  'a link is not fetched, because people must check exactly what is mailed; save the patch as a file and attach it, and give the link with --link'

/** What may be typed instead of a patch: the mail that contains it, in words that `findMail` accepts. */
const NAMES_A_MAIL = /^(?:last|\d{1,4}|m-[0-9a-f]{1,128})$/

export const patch = defineCommand({
  verb: 'patch',
  summary: 'Submit the patch for a branch',
  short: true,
  about: 'case',
  allowed: TEAM_OR_MAINTAINER,
  form: { title: 'Submit a patch', submit: 'Submit' },
  options: {
    branch: BranchName.exactOptional().register(about, {
      label: 'Branch',
      branch: true,
      suggests: 'branch',
      hint: 'Optional if only one branch waits for a patch',
    }),
    file: z
      .string()
      .max(200)
      .exactOptional()
      .register(about, { label: 'File name', takes: 'named', shownAs: 'name', unasked: true }),
    fixedIn: z.string().max(60).exactOptional().register(about, {
      label: 'Fixed in version',
      hint: 'The version of this branch that contains the patch',
      takes: 'named',
      shownAs: 'version',
    }),
    author: z.string().max(128).exactOptional().register(about, {
      label: 'Author, if not you',
      hint: 'A person of this case, or: reporter',
      takes: 'named',
      shownAs: '@person|reporter',
      suggests: 'remediator',
    }),
    link: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Link to the patch elsewhere', takes: 'named', shownAs: 'link', unasked: true }),
    component: z.string().max(200).exactOptional().register(about, {
      label: 'Component, for the advisory',
      hint: 'Only if nobody has entered it yet',
      takes: 'named',
      shownAs: 'component',
      carried: true,
    }),
    impact: z.string().max(2000).exactOptional().register(about, {
      label: 'Impact, for the advisory',
      hint: 'By doing …, an attacker may …',
      kind: 'long-text',
      takes: 'named',
      shownAs: 'impact',
      carried: true,
    }),
    workaround: z.string().max(2000).exactOptional().register(about, {
      label: 'Workaround, for the advisory',
      hint: 'What helps until people upgrade, or "none is known"',
      kind: 'long-text',
      takes: 'named',
      shownAs: 'workaround',
      carried: true,
    }),
    patch: z
      .string()
      .refine((typed) => NAMES_A_MAIL.test(typed.trim()) || isPatch(typed), {
        error: ({ input }) => (typeof input === 'string' && ONLY_A_LINK.test(input) ? NOT_FETCHED : NO_PATCH),
      })
      .register(about, {
        label: 'The patch, as text',
        hint: 'git format-patch or diff; “last” takes it from the last mail',
        kind: 'long-text',
        takes: 'rest',
        verbatim: true,
        shownAs: 'file or text',
        orFile: { label: 'Or the patch as a file', most: PATCH_BYTES_MAX, nameTo: 'file' },
      }),
  },
  run: async (call) => {
    const { branch, fixedIn, author, link } = call.values
    const found = NAMES_A_MAIL.test(call.values.patch.trim())
      ? await patchInMail(call, call.values)
      : { text: call.values.patch, file: call.values.file }
    if ('because' in found) return wrongInput({ command: call.command, setting: call, because: found.because })
    const { text, file } = found
    const bytes = new TextEncoder().encode(text)
    if (bytes.length > PATCH_BYTES_MAX) {
      return wrongInput({
        command: call.command,
        setting: call,
        because: `The patch has ${bytesInWords(bytes.length)}; the limit is ${bytesInWords(PATCH_BYTES_MAX)}.`,
      })
    }
    const writer = author === undefined ? found.author : remediator(call, author)
    if (author !== undefined && writer === undefined) {
      return wrongInput({
        command: call.command,
        setting: call,
        because: `Nobody in the policy is called “${author}”.`,
      })
    }
    const advisory = advisoryIn(call)
    if (advisory === 'half')
      return wrongInput({
        command: call.command,
        setting: call,
        because: 'For the advisory, give the component and the impact together, or leave both out.',
      })
    const { blob, sha256 } = await call.engine.commands.putBlob(call.case.id, bytes)
    const request = {
      verb: 'patch',
      case: call.case.id,
      sha256,
      blob,
      fileName: file ?? `${branch ?? 'fix'}.patch`,
      ...(branch === undefined ? {} : { branch }),
      ...(writer === undefined ? {} : { author: writer }),
      ...(link === undefined ? {} : { link }),
      ...(fixedIn === undefined ? {} : { fixedVersion: fixedIn }),
      ...(advisory === undefined ? {} : { advisory }),
    } as const
    // If a rule refuses, `send` gives the answer: the refusal or, for a repeated command, the earlier answer.
    if (refusalNow(call, request) === undefined) {
      const { actor, at } = call.invocation
      const commandId = commandIdOf(call.invocation)
      const mail = await call.engine.commands.previewMail({ commandId, actor, at, request })
      if ('gate' in mail) return refuse(call, mail, request)
    }
    return send(call, request, `Submitted ${bytesInWords(bytes.length)}, sha256 ${sha256}.`)
  },
})

type MailedPatch = { readonly text: string; readonly file?: string | undefined; readonly author?: Remediator }

/**
 * The patch in the mail that was named. A patch from a reporter's mail counts as written by that reporter, so somebody
 * of the team must check it.
 */
async function patchInMail(
  { case: { state }, engine }: CaseCall<unknown>,
  { patch: typed, file }: { readonly patch: string; readonly file?: string },
): Promise<MailedPatch | { readonly because: string }> {
  const message = findMail(state, typed.trim())
  const taken = state.messages.find((one) => one.message === message)
  if (taken === undefined) return { because: 'This case has no such mail.' }
  const patches = await engine.queries.patches(taken.message)
  const [only, ...more] = file === undefined ? patches : patches.filter(({ name }) => name === file)
  if (only === undefined)
    return { because: patches.length === 0 ? 'That mail has no patch.' : `That mail has no patch called “${file}”.` }
  if (more.length > 0)
    return { because: `That mail has ${patches.length} patches: name one with --file. Each branch takes one.` }
  const report = reportOfMail(state.reports, taken)
  return {
    text: only.text,
    file: only.name,
    ...(report === undefined ? {} : { author: { kind: 'reporter', report: report.id } }),
  }
}

function remediator(call: CaseCall<unknown>, author: string): Remediator | undefined {
  const [report] = call.case.state.reports
  if (author.toLowerCase() === 'reporter')
    return report === undefined ? undefined : { kind: 'reporter', report: report.id }
  const person = findPerson(call.engine.policy.policy, call.invocation.place.platform, author)
  return person === undefined ? undefined : { kind: 'person', person: person.id }
}

type AdvisoryValues = {
  readonly component?: string
  readonly impact?: string
  readonly workaround?: string
}
type Advisory = { readonly component: string; readonly impact: string; readonly workaround?: string }

/**
 * The facts for the public texts. A fact that is left out keeps its value. Returns `half` if only one of component and
 * impact is known, because they belong together.
 */
function advisoryIn({ values, case: { state } }: CaseCall<AdvisoryValues>): Advisory | 'half' | undefined {
  const { component, impact, workaround } = values
  if (component === undefined && impact === undefined && workaround === undefined) return undefined
  const whole = { ...state.advisory, ...(component && { component }), ...(impact && { impact }) }
  if (whole.component === undefined || whole.impact === undefined) return 'half'
  return { ...whole, component: whole.component, impact: whole.impact, ...(workaround && { workaround }) }
}
