import { z } from 'zod'
import { asksGitHub, CveId, isPublished, projectOf, publicKeyOf } from '@embargo/core'
import type { CaseId, Project } from '@embargo/core'
import { refusalNow, refuse, send, wrongInput } from '../answers.ts'
import { buildCard, notificationOf } from '../cards/card.ts'
import { lateCveCard } from '../cards/late-cve.ts'
import { line, outside } from '../cards/spans.ts'
import { unusedCvesCard } from '../cards/unused-cves.ts'
import type { CaseCall, ChatCommand } from '../chat-command.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import type { Reply } from '../types.ts'
import { typedAt } from '../usage.ts'
import { lateCve } from './shared/late-cve.ts'
import { confirmMailText } from './shared/mail-text.ts'
import { TEAM } from './shared/roles.ts'

type Values = { readonly id?: CveId; readonly link?: string; readonly reason?: string }

/** For each value of `what`, the request to core, or a sentence that says what is missing. */
const ASKS = {
  published: (id: CaseId, { link }: Values) =>
    link === undefined ? 'Give the link to the public record.' : ({ verb: 'cve.published', case: id, link } as const),
  reject: (id: CaseId, { reason }: Values) =>
    reason === undefined ? 'Say why, in a line.' : ({ verb: 'cve.reject', case: id, reason } as const),
}

const given = ({ link }: { readonly link: string | undefined }) => (link === undefined ? {} : { link })

const SAID = {
  published: 'Recorded: the CVE record is public.',
  reject: 'Recorded: the id is not used.',
} as const

type CveCall = CaseCall<Values & { readonly yes?: 'yes'; readonly sure?: 'yes' }> & { readonly command: ChatCommand }

/** What the answer adds about an id that was requested and has not come yet. */
const pending = ({ case: { world }, invocation: { place } }: CveCall): string =>
  isPublished(world.release)
    ? `When it comes, put it into the records: ${typedAt(place, 'cve set CVE-…')}`
    : 'The public texts say that the id is pending.'

/**
 * Records the request. If the project is its own CNA and credentials for CVE Services are set, Embargo also reserves an
 * id there. If the project asks GitHub for its ids, Embargo sends the request to GitHub.
 */
async function request(call: CveCall): Promise<Reply> {
  const { engine, case: seen, values } = call
  const { link } = values
  const instance = engine.queries.cveInstance()
  const project = projectOf(engine.policy.policy, seen.state)
  const asked = { verb: 'cve.request', case: seen.id, ...given({ link }) } as const
  if (asksGitHub(project) && link === undefined) return send(call, { ...asked, reserve: true }, askedAtGitHub(call))
  if (project.cve === 'other' && project.cna?.address !== undefined && link === undefined)
    return requestByMail(call, project.cna.address)
  if (project.cve !== 'own' || link !== undefined)
    return send(call, asked, `Recorded: a CVE id is requested. ${pending(call)}`)
  if (instance === undefined)
    return send(
      call,
      asked,
      `Recorded: a CVE id is requested. Embargo has no credentials for CVE Services (EMBARGO_CVE_ORG, EMBARGO_CVE_USER, EMBARGO_CVE_KEY), so reserve one yourself. Then: ${typedAt(call.invocation.place, 'cve set CVE-…')}`,
    )
  const { is, host } = instance
  return send(
    call,
    { ...asked, reserve: true },
    `An id is being reserved at the ${is} instance of CVE Services (${host}). It is recorded here when it comes.`,
  )
}

type CnaMail = { readonly title: string; readonly asks: string; readonly text: string; readonly sent: string }

/**
 * Shows the mail that asks the CNA for an id. No second person has to approve the mail. Sending it also records the
 * request.
 */
async function requestByMail(call: CveCall, address: string): Promise<Reply> {
  const refused = refusalNow(call, { verb: 'cve.request', case: call.case.id })
  if (refused !== undefined) return refused
  const written = call.engine.texts.cveRequest(call.case.world)
  if (written === undefined) return wrong(call, 'The case is not in the log.')
  const sent = 'The CNA is asked for an id by mail. Its answer comes to this case.'
  return mailToCna(call, address, { title: 'Request for a CVE id', asks: 'ask the CNA for an id?', sent, ...written })
}

/**
 * Shows a mail to the CNA. No second person has to approve the mail. It is encrypted if a key for the CNA's address is
 * known.
 */
async function mailToCna(call: CveCall, address: string, { title, asks, text: body, sent }: CnaMail): Promise<Reply> {
  const { engine, case: seen } = call
  const key = publicKeyOf(engine.policy.policy, address)
  const target = { verb: 'reply', case: seen.id, to: { vendor: address } } as const
  const confirmed = await confirmMailText(
    { ...call, values: { text: body } },
    {
      title,
      asks,
      to: line('the CNA ', outside(address), key === undefined ? ', in plain text' : ', encrypted'),
      request: (leaves) => ({ ...target, ...leaves }),
      carries: { to: address },
    },
  )
  if ('reply' in confirmed) return confirmed.reply
  return send(call, { ...target, ...confirmed }, { mailed: sent })
}

/** Asks the CNA to update or reject the record of the id: by mail, or with a text for the CNA's form. */
async function update(call: CveCall): Promise<Reply> {
  const { engine, case: seen } = call
  const { cve: source, cna } = projectOf(engine.policy.policy, seen.state)
  if (source === 'own')
    return wrong(
      call,
      'You are the CNA of this project, so there is nobody to ask: a correction also updates the CVE record.',
    )
  const written = engine.texts.cveUpdate(seen.world)
  if (written === undefined) return wrong(call, 'The case has no CVE id, so no CNA has a record of it.')
  if (!isPublished(seen.world.release))
    return wrong(call, 'Nothing of this case is public yet, so there is no record to update.')
  if (call.values.yes !== undefined)
    return send(call, { verb: 'cve.update', case: seen.id }, 'Recorded: the CNA is asked to update its record.')
  const sent = 'The CNA is asked by mail. Its answer comes to this case.'
  if (source === 'other' && cna?.address !== undefined)
    return mailToCna(call, cna.address, {
      title: 'Update of a CVE record',
      asks: 'send this to the CNA?',
      sent,
      ...written,
    })
  const card = textCard(call, written, [whereToPaste(source, cna)])
  const recorded = {
    label: 'The CNA is asked',
    verb: 'cve',
    input: { case: seen.id, what: 'update', yes: 'yes' },
  } as const
  return {
    audience: 'caller',
    card: seen.state.cve?.outdated === true ? { ...card, actions: [...card.actions, recorded] } : card,
  }
}

function askedAtGitHub({ case: { state }, invocation: { place } }: CveCall): string {
  const { opened, published } = state.advisoryLink ?? {}
  return opened === undefined && published === undefined
    ? `Recorded. GitHub assigns an id to an advisory, and this case has no advisory there yet. Embargo asks for the id when it publishes the advisory. To get the id earlier, open a draft at GitHub (its administrators see it), then: ${typedAt(place, 'done advisory-opened <link>')}`
    : 'GitHub is asked for an id. Its answer takes days or weeks, and nothing waits for it: it is recorded here when it comes.'
}

/**
 * Checks an id and records it. After the publication, the id is not recorded until the caller has seen what was
 * checked.
 */
async function set(call: CveCall): Promise<Reply> {
  const { engine, case: seen, values, invocation } = call
  const { id: cve, link, sure, yes = sure } = values
  if (cve === undefined) return wrong(call, 'Give the id, such as CVE-2026-12345.')
  const isMissing = seen.state.cve?.id === undefined || seen.state.unpublished?.includes('cve') === true
  if (isPublished(seen.world.release) && isMissing) return lateCve({ ...call, values: {} }, { cve, ...given({ link }) })
  const checked = await engine.queries.checkCve(cve, seen.id)
  if (!checked.ok)
    return refuse(call, {
      gate: 'makes-sense',
      because: checked.because,
      facts: {},
      liftedBy: [{ who: 'you', how: 'give the id that was assigned to this vulnerability' }],
    })
  const { reserved } = checked
  const asked = { verb: 'cve.set', case: seen.id, cve, ...given({ link }), ...(reserved && { reserved }) } as const
  const isLate = seen.state.publishedAt !== undefined && seen.state.cve?.id !== cve
  if (isLate && yes === undefined && invocation.confirmed !== true)
    return (
      refusalNow(call, asked) ?? {
        audience: 'caller',
        card: lateCveCard(seen.state, { cve, ...given({ link }), ...(reserved && { reserved }) }),
      }
    )
  return send(
    call,
    asked,
    reserved?.test === true
      ? 'Recorded. The id is from a test instance, so nothing that is sent or published contains it.'
      : isLate
        ? 'Recorded. The records of this case get the id.'
        : 'Recorded. From now on every text names the id.',
  )
}

/** Shows the ids that are reserved and unused, for example after a reservation whose answer got lost. */
async function unused(call: CveCall): Promise<Reply> {
  const found = await call.engine.queries.unusedCves()
  if (found === undefined)
    return refuse(call, {
      gate: 'makes-sense',
      because: 'Embargo has no credentials for CVE Services, so it cannot see which ids are reserved there.',
      facts: {},
      liftedBy: [
        {
          who: 'an admin',
          how: 'sets EMBARGO_CVE_ORG, EMBARGO_CVE_USER and EMBARGO_CVE_KEY, if the project is its own CNA',
        },
      ],
    })
  return { audience: 'caller', card: unusedCvesCard(call.case.state, found) }
}

/** The form of the CNA of last resort, which is open to every project. */
const MITRE_FORM = 'https://cveform.mitre.org/'

/** Shows the text, made from the case's record, that asks another CNA for an id. */
async function text(call: CveCall): Promise<Reply> {
  const { engine, case: seen, invocation } = call
  const refused = refusalNow(call, { verb: 'cve.request', case: seen.id })
  // Only a refusal by the gate `wording` matters here. If another gate refuses the request, the caller can still read
  // the text.
  if (refused !== undefined && 'reason' in refused && refused.reason.gate === 'wording') return refused
  const written = engine.texts.cveRequest(seen.world)
  if (written === undefined) return wrong(call, 'The case is not in the log.')
  const { cve: source, cna } = projectOf(engine.policy.policy, seen.state)
  const { place } = invocation
  const lines =
    source === 'other' && cna?.address !== undefined
      ? [`Embargo mails it to your CNA: ${typedAt(place, 'cve request')}`]
      : [whereToPaste(source, cna), `Then record it: ${typedAt(place, 'cve request <link>')}`]
  return { audience: 'caller', card: textCard(call, written, lines) }
}

const whereToPaste = (source: Project['cve'], cna: Project['cna']): string =>
  source === 'form'
    ? `Paste it into the form of the CNA: ${cna?.form ?? MITRE_FORM}`
    : source === 'github'
      ? 'Send it to GitHub, which assigned the id: https://support.github.com'
      : 'Mail it to your CNA, encrypted if you know a key of theirs.'

/** A card with a text for the CNA, which a person sends or pastes into the CNA's form. */
const textCard = (
  { case: { id, state } }: CveCall,
  written: { readonly subject: string; readonly text: string },
  lines: readonly string[],
) =>
  buildCard({
    kind: 'mail',
    title: `${id} · text for the CNA`,
    lines: lines.map((one) => line(one)),
    quote: { label: written.subject, text: written.text, verbatim: true },
    notification: notificationOf(state),
  })

const wrong = (call: CveCall, because: string): Reply => wrongInput({ command: call.command, setting: call, because })

export const cve = defineCommand({
  verb: 'cve',
  summary: 'Request a CVE id, or record that it was assigned, published or rejected, with its link',
  about: 'case',
  allowed: TEAM,
  form: { title: 'CVE id', submit: 'Record' },
  options: {
    what: z.enum(['request', 'set', 'published', 'reject', 'unused', 'text', 'update']).register(about, {
      label: 'What',
      labels: {
        request: 'A CVE id is requested',
        set: 'The CVE id is assigned',
        published: 'The CVE record is public',
        reject: 'The CVE id is not used',
        unused: 'Which reserved ids are unused?',
        text: 'The text of a request to another CNA',
        update: 'Ask another CNA to update or reject its record',
      },
    }),
    id: z
      .string()
      .transform((text) => text.toUpperCase())
      .pipe(CveId)
      .exactOptional()
      .register(about, { label: 'CVE id', shownAs: 'CVE-…' }),
    link: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Link to the request or the record', shownAs: 'link' }),
    reason: z.string().max(2000).exactOptional().register(about, { label: 'Why the id is not used', takes: 'rest' }),
    yes: z.literal('yes').exactOptional().register(about, { label: 'Seen', hidden: true }),
    sure: z.literal('yes').exactOptional().register(about, { label: 'Sure', hidden: true, takes: 'named' }),
  },
  run: async (call) => {
    const { what } = call.values
    if (what === 'request') return request(call)
    if (what === 'set') return set(call)
    if (what === 'unused') return unused(call)
    if (what === 'text') return text(call)
    if (what === 'update') return update(call)
    const asked = ASKS[what](call.case.id, call.values)
    return typeof asked === 'string' ? wrong(call, asked) : send(call, asked, SAID[what])
  },
})
