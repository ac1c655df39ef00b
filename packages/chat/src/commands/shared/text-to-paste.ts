import { stepOf } from '@embargo/core'
import type { DocumentStepId } from '@embargo/core'
import type { Engine, RecordFormat, ReleaseText } from '@embargo/engine'
import { buildCard, notificationOf } from '../../cards/card.ts'
import { line } from '../../cards/spans.ts'
import type { CaseCall } from '../../chat-command.ts'
import type { Reply } from '../../types.ts'
import { typedAt } from '../../usage.ts'

type StepByHand = DocumentStepId | 'announce-mail' | 'oss-security-mail'

type Source =
  | { readonly is: 'record'; readonly formats: readonly RecordFormat[] }
  | { readonly is: 'text'; readonly name: ReleaseText }

/** For each step that is done by hand: where its text goes, and what the text is made from. */
const STEPS: Readonly<Record<StepByHand, { readonly where: string; readonly source?: Source }>> = {
  'fixed-versions': { where: 'Publish the fixed versions, as you always do.' },
  'github-advisory': {
    where: 'Put it into the advisory at GitHub, and publish the advisory there.',
    source: { is: 'record', formats: ['markdown', 'ghsa'] },
  },
  'file-tree': { where: 'Put it on your website.', source: { is: 'record', formats: ['markdown'] } },
  'cve-record': { where: 'Give it to the CNA of the id.', source: { is: 'record', formats: ['cve'] } },
  records: {
    where: 'Put them where programs look for your records.',
    source: { is: 'record', formats: ['osv', 'openvex', 'csaf', 'csaf-vex'] },
  },
  'announce-mail': { where: 'Send it to the announcement list.', source: { is: 'text', name: 'announcement' } },
  'oss-security-mail': { where: 'Send it to oss-security.', source: { is: 'text', name: 'oss-security' } },
}

/** The text of a step that a person does by hand, ready to be pasted, and how to record that it is done. */
export function textToPaste({ case: seen, engine, invocation }: CaseCall<unknown>, step: StepByHand): Reply {
  const { where, source } = STEPS[step]
  const texts = source === undefined ? [] : writtenFrom(source, engine, seen.world)
  const quote = texts.map(({ name, text }) => (texts.length === 1 ? text : `── ${name} ──\n\n${text}`)).join('\n')
  return {
    audience: 'caller',
    card: buildCard({
      kind: 'mail',
      title: `${seen.id} · ${stepOf(step).words}`,
      lines: [line(where), line(`Then record its link: ${typedAt(invocation.place, `done ${step} <link>`)}`)],
      ...(quote === '' ? {} : { quote: { label: 'Text', text: quote, verbatim: true } }),
      notification: notificationOf(seen.state),
    }),
  }
}

function writtenFrom(source: Source, { texts }: Engine, world: CaseCall<unknown>['case']['world']) {
  const written =
    source.is === 'text'
      ? [{ name: source.name, document: texts.releaseText(world, source.name) }]
      : source.formats.map((name) => ({ name, document: texts.record(world, name) }))
  // If at least one format is complete, only the complete formats are shown, and nobody is asked for what the others
  // lack.
  const complete = written.filter(({ document }) => document?.ok === true)
  return (complete.length > 0 ? complete : written).map(({ name, document }) => ({
    name,
    text: document?.ok === true ? document.document : lacks(document?.missing),
  }))
}

const lacks = (missing: readonly { readonly name: string }[] = []): string =>
  `It cannot be written yet. Nobody has entered ${missing.map(({ name }) => name).join(', ')}.\n`
