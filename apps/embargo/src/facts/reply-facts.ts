import { kebab } from '@embargo/chat'
import type { Reply } from '@embargo/chat'
import { gateFacts } from './case-facts.ts'
import type { CommandOutput } from './schema.ts'

/** What `--json` prints of an answer: its facts, or its text if it has no facts. */
export function replyFacts(reply: Reply): CommandOutput {
  if ('refusal' in reply) return { is: 'refusal', ...gateFacts(reply.reason) }
  if ('form' in reply) return needs(reply.form)
  const { card, facts } = reply
  switch (facts?.is) {
    case 'done':
      return { is: 'done', said: facts.said, note: facts.note ?? null, repeated: facts.repeated }
    case 'preview':
      return {
        is: 'preview',
        digest: facts.digest ?? null,
        warning: facts.warning,
        leaves: facts.sections.map(({ title, text, mail }) => ({
          title,
          to: mail?.to ?? null,
          subject: mail?.subject ?? null,
          text: mail?.text ?? text,
          attachments: mail?.attachments.map(({ name, sha256 }) => ({ name, sha256 })) ?? [],
        })),
      }
    case 'document':
      return facts
    default:
      return { is: 'text', title: card.title, text: card.fallback }
  }
}

function needs({ verb, fields }: Extract<Reply, { form: unknown }>['form']): CommandOutput {
  return {
    is: 'needs',
    verb,
    options: fields.map(({ name, label, choices, optional }) => ({
      option: `--${kebab(name)}`,
      label,
      choices: choices?.map(({ value }) => value) ?? null,
      optional: optional === true,
    })),
  }
}
