import { CaseId } from '@embargo/core'
import { expect, it } from 'vitest'
import { unsentMails } from './unsent-mails.ts'

const OLD = CaseId.parse('SEC-2026-0002')
const HOME = CaseId.parse('SEC-2026-0001')

const withdrawn = (effect: string) => ({ event: { type: 'MailWithdrawn', effect } })
const sent = (effect: string) => ({ event: { type: 'MailAccepted', effect } })

const logs: Readonly<Record<string, readonly unknown[]>> = {
  [OLD]: [withdrawn('e-1'), sent('e-2')],
  [HOME]: [withdrawn('e-3')],
}
const queries = {
  state: async (id: string) => ({ kind: 'case', moved: id === OLD ? [{ to: HOME }] : [] }),
  history: async (id: string) => logs[id] ?? [],
} as unknown as Parameters<typeof unsentMails>[0]['queries']

it('lists the mails that were withdrawn, even if their report is now in another case', async () => {
  expect([...(await unsentMails({ queries }, OLD))]).toEqual(['e-1', 'e-3'])
  expect([...(await unsentMails({ queries }, HOME))]).toEqual(['e-3'])
})
