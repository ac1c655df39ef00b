import {
  advisoryHostContract,
  chatPlatformContract,
  cveRegistryContract,
  mailOutContract,
} from '@embargo/testkit/contract'
import { OutsideError } from '../../src/index.ts'
import { createFakeRegistry } from './fake-cve-registry.ts'
import { createFakeChat, createFakeRelay } from './fake-outside.ts'
import { createMemoryAdvisories } from './memory-advisories.ts'

const GONE = new OutsideError('unreachable', 'nobody is there')

chatPlatformContract('of the engine’s tests', async () => {
  const chat = createFakeChat('slack')
  return {
    platform: chat,
    seen: (channel) => chat.posts.filter((post) => post.channel === channel && !post.deleted).map((post) => post.title),
    deletes: (_channel, message) => {
      const post = chat.posts[Number(message.slice(1)) - 1]
      if (post !== undefined) post.deleted = true
    },
    leaves: () => void chat.failures.push({ error: GONE }),
    [Symbol.asyncDispose]: async () => undefined,
  }
})

cveRegistryContract('the engine’s tests', 2026, async () => {
  const registry = createFakeRegistry({ quota: 2 })
  return {
    registry,
    given: () => registry.ids.map(({ id }) => id),
    losesNextAnswer: () =>
      void registry.failures.push({ error: new OutsideError('unknown', 'it broke'), afterEffect: true }),
    failsNext: (isRead) =>
      void registry.failures.push({ error: isRead ? GONE : new OutsideError('unknown', 'it broke') }),
    leaves: async () => void registry.failures.push({ error: GONE }),
    [Symbol.asyncDispose]: async () => undefined,
  }
})

mailOutContract('the relay of the engine’s tests', async () => {
  const relay = createFakeRelay()
  return {
    mailOut: relay,
    taken: () =>
      relay.mails.map(({ envelopeFrom, envelopeTo, raw }) => ({
        from: envelopeFrom,
        to: [envelopeTo],
        text: new TextDecoder().decode(raw),
      })),
    answersNext: (code) =>
      void relay.failures.push({ error: code >= 500 ? new OutsideError('refused', 'not taken') : GONE }),
    losesNextAnswer: () =>
      void relay.failures.push({ error: new OutsideError('unknown', 'it broke'), afterEffect: true }),
    leaves: async () => void relay.failures.push({ error: GONE }),
    [Symbol.asyncDispose]: async () => undefined,
  }
})

advisoryHostContract('the engine’s tests', async () => {
  const host = createMemoryAdvisories()
  return {
    host,
    reports: () => host.reports(),
    edits: (ghsa, summary) => host.edits(ghsa, summary),
    assigns: (ghsa, cve) => host.assigns(ghsa, cve),
    counts: () => ({ advisories: host.advisories.size, cveRequests: host.cveRequests.length }),
    losesNextAnswer: () => host.losesNextAnswer(),
    leaves: async () => host.leaves(),
    [Symbol.asyncDispose]: async () => undefined,
  }
})
